"""Starter: the consent form that a new library begins with, in English and French, for the organisation to review.

Elements: consent that is clear, informed, asked for each purpose and for a time (Quebec's P-39.1 as amended by
Law 25; PIPEDA, principle 3), and voluntary, ongoing and documented (TCPS 2 (2022), chapters 3 and 9). What must be
filled in stands in [brackets].
"""

from __future__ import annotations

from datetime import date

from storybank.domain.notice import Notice
from storybank.domain.vocabulary import USES

VERSION = "2026-11"

_ENGLISH = """
# Who we are
We are [name of organization]. We gather stories about social prescribing: how people, community groups and health
services help each other live well. [Name and title of privacy officer] answers for how we treat what you give us.
Call [phone], write to [e-mail], or come by [address].

# What we record, and why
We would like to record you as you talk. The recording holds your face, your voice and your words. We also keep your
name, what you do, and how to reach you. We do this so that the public, and people who make decisions, can hear from
those who live this work.

# It is your choice
You may say yes, no, or not now. You may skip any question, stop at any time, or take a break to think. You may be
recorded today and decide later how we may use it. Saying no costs you nothing: your care, your services, your job
and your place with us stay the same. [Say here whether people are paid or thanked.]

# How we may use it
We ask about each use on its own. You can say “yes”, “no” or “ask me first”. “Ask me first” means that we show you
the exact words or clip, and wait for your answer. A row that you leave empty is a no. If we think of a new use, we
come back and ask you again.

- Website: pages that anyone can read and watch.
- Social media: posts that anyone can see, save and share.
- Print: leaflets, reports and posters.
- Government briefs: papers and meetings for elected people and public servants. Some of these become public records.
- Training: lessons and workshops for people who do this work or learn it.
- News media: newspapers, radio, television and news sites.
- Research: studies, as set out below.
- Fundraising: letters and appeals that ask for gifts.
- Internal use: meetings and learning among our own staff.
- Events and screenings: a film or slides shown in a room, at a meeting or a public event.

# How we may name you
You choose how much we tell about you. We may tell less, and never more. The form lists the steps, from your full
name, your work and your organization down to no name at all. With no name at all we use your words only, without
your face or voice. Your face, your voice, your organization and your place are four more questions, each on its own.

# You may be recognized
People who know you may know your face, your voice, your work or your story, even without your name. This is most
likely in a small town or a small team. Someone might say or do something unkind. Talk with us about this before you
say yes. Please leave out the names of patients and of other people who have not agreed.

# Changes, translation and paid ads
We may want to shorten what you said, or put it into another language. We never change what you mean. You can say yes
or no to each of these, and to paid ads.

# Machines
A program on our own computer can write down what you say and suggest topics. Nothing is sent outside for this. We do
these two unless you say no. No machine may be trained on your face, your voice or your words unless you say yes to
that question.

# For how long
Your yes has a last day. We suggest two or three years; you choose. After that day we start no new use unless you say
yes again. We keep the recording itself for [how long]. Then we destroy it, or take out all that points to you.

# Where it is kept, and who sees it
The recording is kept on a locked (encrypted) computer in [place]. Only [who, by role] can open it. We note each paper
and file that goes out with your words in it, and who got it. Before we send or keep anything outside [your province
or Canada], we check the risks and tell you.

# If you change your mind
You may take back all of your yes, or a part of it, at any time and without a reason. Tell any of the people named at
the end of this text, by phone, by mail, by e-mail or in person. We then start nothing new with your words. We take
down what is ours, and we write to those who got it from us. You choose if the recording is locked away, made
nameless or erased.

Some things cannot be called back: what is in print, what was on the air, what was tabled in a legislature, and what
others copied or a search site still holds. What was made while your yes stood is not undone, but we stop printing
and sharing it. We tell you plainly what we could not get back. We keep only the proof that you said yes and that you
took it back.

# Your rights
You may see what we hold about you, get a copy and have mistakes put right. You may ask who got it, and ask us to
stop spreading it or to remove links to it. If you are not happy, talk to our privacy officer first. You may also
complain to the Privacy Commissioner of Canada (1-800-282-1376, priv.gc.ca). In Quebec this is the Commission d’accès
à l’information (1-888-528-7741, cai.gouv.qc.ca); [name the commissioner of your province].

# Children, and people who need help to decide
For a child under 14 in Quebec, a parent or tutor decides; [rule where you are]. Some adults have a person who decides
for them. In each case we also ask the child or adult. If they say no, it is no. When a child comes of age, we ask
again.

# Communities
Some stories carry the knowledge or the life of a First Nation, an Inuit or a Métis community. Then we ask that
community too, beside you. Both must say yes. For First Nations we follow OCAP®: ownership, control, access and
possession. The community may hold a copy, and its labels stay with the story.

# Research
We use your story in a study only if you say yes to research and a research ethics board has approved the study
(TCPS 2 (2022)). You may take your words out of a study until [date or step]. Questions about your rights in a study:
[contact of the research ethics board].

# Your own copy
You may take this form home before you answer. We can read it to you, and an interpreter costs you nothing. You get a
signed copy, and a receipt that lists each of your answers. When something changes, you get a new one.
"""

_FRENCH = """
# Qui nous sommes
Nous sommes [nom de l’organisme]. Nous recueillons des récits sur la prescription sociale : comment les gens, les
groupes communautaires et les services de santé s’entraident pour mieux vivre. [Nom et titre de la personne
responsable de la protection des renseignements personnels] répond de la façon dont nous traitons ce que vous nous
confiez. Appelez au [téléphone], écrivez à [courriel] ou passez au [adresse].

# Ce que nous enregistrons, et pourquoi
Nous aimerions vous enregistrer pendant que vous parlez. L’enregistrement contient votre visage, votre voix et vos
mots. Nous gardons aussi votre nom, ce que vous faites et la façon de vous joindre. Nous le faisons pour que le public
et les personnes qui décident entendent celles et ceux qui vivent ce travail.

# C’est votre choix
Vous pouvez dire oui, non, ou pas maintenant. Vous pouvez sauter une question, arrêter en tout temps ou prendre une
pause pour réfléchir. Vous pouvez accepter l’enregistrement aujourd’hui et décider plus tard de ce que nous en ferons.
Un refus ne vous coûte rien : vos soins, vos services, votre emploi et votre place parmi nous restent les mêmes.
[Dire ici si les personnes sont payées ou remerciées.]

# Comment nous pourrions l’utiliser
Nous posons la question pour chaque usage. Vous pouvez répondre « oui », « non » ou « me demander d’abord ». « Me
demander d’abord » veut dire que nous vous montrons les mots ou l’extrait exacts, et que nous attendons votre réponse.
Une ligne laissée vide est un non. Si nous pensons à un nouvel usage, nous revenons vous le demander.

- Site Web : des pages que tout le monde peut lire et regarder.
- Réseaux sociaux : des publications que tout le monde peut voir, garder et partager.
- Imprimés : dépliants, rapports et affiches.
- Notes au gouvernement : documents et rencontres pour les personnes élues et les fonctionnaires. Certains
deviennent publics.
- Formation : cours et ateliers pour les personnes qui font ce travail ou qui l’apprennent.
- Médias d’information : journaux, radio, télévision et sites de nouvelles.
- Recherche : des études, comme il est expliqué plus bas.
- Collecte de fonds : lettres et appels qui demandent des dons.
- Usage interne : rencontres et apprentissage au sein de notre propre équipe.
- Événements et projections : un film ou un diaporama montré dans une salle, à une rencontre ou à un événement public.

# Comment nous pourrions vous nommer
Vous choisissez ce que nous disons de vous. Nous pouvons en dire moins, jamais plus. Le formulaire donne les degrés,
de votre nom complet, votre travail et votre organisme jusqu’à aucun nom. Sans aucun nom, nous n’utilisons que vos
mots, sans votre visage ni votre voix. Votre visage, votre voix, votre organisme et votre lieu sont quatre autres
questions, chacune à part.

# On pourrait vous reconnaître
Les gens qui vous connaissent pourraient reconnaître votre visage, votre voix, votre travail ou votre récit, même sans
votre nom. C’est plus probable dans une petite localité ou une petite équipe. Quelqu’un pourrait dire ou faire une
chose blessante. Parlez-nous-en avant de dire oui. Ne nommez pas de patients ni d’autres personnes qui n’ont pas
donné leur accord.

# Modifications, traduction et publicité payée
Nous pourrions vouloir raccourcir vos propos ou les mettre dans une autre langue. Nous ne changeons jamais ce que vous
voulez dire. Vous dites oui ou non à chacune de ces choses, ainsi qu’à la publicité payée.

# Les machines
Un programme sur notre propre ordinateur peut écrire ce que vous dites et proposer des thèmes. Rien n’est envoyé à
l’extérieur pour cela. Nous faisons ces deux choses sauf si vous dites non. Aucune machine ne peut être entraînée avec
votre visage, votre voix ou vos mots, sauf si vous dites oui à cette question.

# Pour combien de temps
Votre oui a un dernier jour. Nous proposons deux ou trois ans; vous choisissez. Après ce jour, nous ne commençons
aucun nouvel usage, sauf si vous dites oui de nouveau. Nous gardons l’enregistrement lui-même pendant [durée].
Ensuite, nous le détruisons ou nous en retirons tout ce qui mène à vous.

# Où c’est gardé, et qui le voit
L’enregistrement est gardé sur un ordinateur verrouillé (chiffré) à [lieu]. Seules [personnes, par fonction] peuvent
l’ouvrir. Nous notons chaque document et chaque fichier qui sort avec vos mots, et qui l’a reçu. Avant d’envoyer ou de
garder quoi que ce soit hors [de votre province ou du Canada], nous évaluons les risques et nous vous le disons.

# Si vous changez d’idée
Vous pouvez retirer votre oui, en tout ou en partie, en tout temps et sans donner de raison. Dites-le à l’une des
personnes nommées à la fin de ce texte, par téléphone, par la poste, par courriel ou en personne. Dès lors, nous ne
faisons plus rien de nouveau avec vos mots. Nous retirons ce qui est à nous et nous écrivons aux personnes qui l’ont
reçu de nous. Vous choisissez si l’enregistrement est mis sous clé, rendu anonyme ou effacé.

Certaines choses ne peuvent pas être rappelées : ce qui est imprimé, ce qui a été diffusé, ce qui a été déposé devant
une assemblée législative, et ce que d’autres ont copié ou qu’un moteur de recherche garde encore. Ce qui a été fait
pendant que votre oui tenait n’est pas annulé, mais nous cessons de l’imprimer et de le partager. Nous vous disons
clairement ce que nous n’avons pas pu reprendre. Nous gardons seulement la preuve que vous avez dit oui et que vous
l’avez retiré.

# Vos droits
Vous pouvez voir ce que nous avons sur vous, en obtenir une copie et faire corriger les erreurs. Vous pouvez demander
qui l’a reçu, et nous demander de cesser de le diffuser ou d’enlever les liens qui y mènent. Si quelque chose ne va
pas, parlez d’abord à notre responsable de la protection des renseignements personnels. Vous pouvez aussi porter
plainte au Commissariat à la protection de la vie privée du Canada (1-800-282-1376, priv.gc.ca). Au Québec, c’est la
Commission d’accès à l’information (1-888-528-7741, cai.gouv.qc.ca); [nommer le commissaire de votre province].

# Les enfants, et les personnes qui ont besoin d’aide pour décider
Pour un enfant de moins de 14 ans au Québec, un parent ou un tuteur décide; [règle là où vous êtes]. Certains adultes
ont une personne qui décide pour eux. Dans chaque cas, nous posons aussi la question à l’enfant ou à l’adulte. S’il
dit non, c’est non. Quand un enfant devient majeur, nous le lui demandons de nouveau.

# Les communautés
Certains récits portent le savoir ou la vie d’une Première Nation, d’une communauté inuite ou d’une communauté
métisse. Nous demandons alors aussi à cette communauté, en plus de vous. Les deux doivent dire oui. Pour les Premières
Nations, nous suivons les principes de PCAP® : propriété, contrôle, accès et possession. La communauté peut garder une
copie, et ses étiquettes restent avec le récit.

# La recherche
Nous utilisons votre récit dans une étude seulement si vous dites oui à la recherche et si un comité d’éthique de la
recherche a approuvé l’étude (EPTC 2 (2022)). Vous pouvez retirer vos mots d’une étude jusqu’à [date ou étape].
Questions sur vos droits dans une étude : [coordonnées du comité d’éthique de la recherche].

# Votre copie
Vous pouvez emporter ce formulaire chez vous avant de répondre. Nous pouvons vous le lire, et un interprète ne vous
coûte rien. Vous recevez une copie signée et un reçu qui donne chacune de vos réponses. Quand quelque chose change,
vous en recevez un nouveau.
"""


def _unwrapped(text: str) -> str:
    """Return a text written in short lines with every paragraph, heading and list item on a line of its own."""
    blocks: list[list[str]] = [[]]
    for line in text.strip().split("\n"):
        if not line:
            blocks.append([])
        elif line.startswith("- ") or not blocks[-1]:
            blocks[-1].append(line)
        elif blocks[-1][-1].startswith("# "):
            blocks.append([line])
        else:
            blocks[-1][-1] += f" {line}"
    return "\n\n".join("\n".join(block) for block in blocks)


def _starter(notice_id: str, language: str, title: str, body: str, contacts: tuple[str, ...]) -> Notice:
    return Notice(
        notice_id, "voices", VERSION, language, title, _unwrapped(body), tuple(use.key for use in USES), contacts,
        date(2026, 11, 1), is_template=True,
    )  # fmt: skip


STARTER_NOTICES: tuple[Notice, ...] = (
    _starter("6f1b8a52-2c5e-4f0d-9d0e-3a7a5b1c4e01", "en", "Your story, your choice", _ENGLISH, (
        "[First person: name, role, phone, e-mail]",
        "[Second person: name, role, phone, e-mail]",
    )),
    _starter("6f1b8a52-2c5e-4f0d-9d0e-3a7a5b1c4e02", "fr", "Votre récit, votre choix", _FRENCH, (
        "[Première personne : nom, fonction, téléphone, courriel]",
        "[Deuxième personne : nom, fonction, téléphone, courriel]",
    )),
)  # fmt: skip
"""The texts that ship with Storybank: a template that no one should sign before the organisation has reviewed it."""
