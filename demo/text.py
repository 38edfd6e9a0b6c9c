"""What the demo speech model is taught to hear: sentences, phrases and words of interviews, in English and French.

`a_text(rng, language, mix)` returns one thing to say. The mix "sentences" teaches with whole sentences of a small grammar first;
"phrases" adds the demo interviews' own lines and phrases joined at random, so that the model listens instead of guessing; "demo" gives the lines more weight.
HELD_OUT is never taught: it measures.
"""
import json
import random
import re
from pathlib import Path

EN_SLOTS = {
 "who": ["a link worker","a community connector","a family physician","a nurse practitioner","a seniors navigator","a program director","a social worker","a volunteer","a health policy advisor","a private funder","a community partner","a caregiver","a peer supporter","a settlement worker"],
 "whos": ["link workers","community connectors","family physicians","nurse practitioners","seniors","newcomers","program directors","social workers","volunteers","policymakers","funders","community partners","caregivers","participants","clients","patients","neighbours","young people","families"],
 "place": ["our community health centre","the local library","a community garden","a walking group","the food bank","the art studio","a cooking class","the friendship centre","the town hall","a choir","the clinic","the hospital","our neighbourhood","a rural county","the reserve","the city","northern Ontario","Nova Scotia","British Columbia","Alberta","Quebec","Manitoba"],
 "need": ["trust","training","steady funding","mentorship","housing","food","good data","a shared database","referral pathways","time","administrative support","peer support","transportation","childcare","income support","belonging","hope","purpose","safety","companionship"],
 "problem": ["loneliness","isolation","grief","chronic pain","food insecurity","anxiety","depression","poverty","unsafe housing","burnout","long wait times","racism","diabetes","poor sleep"],
 "good": ["less lonely","more confident","better connected","much healthier","hopeful again","truly heard","safe and welcome","ready to volunteer","proud of the garden","stronger every week"],
 "num": ["two","three","four","five","six","seven","eight","nine","ten","twelve","fifteen","twenty","thirty","forty","fifty","sixty","seventy","eighty","ninety","one hundred"],
 "unit": ["people","visits","months","weeks","years","families","referrals","hours","percent of our clients","appointments","days"],
 "gov": ["the provincial government","the federal government","the ministry of health","the ministry of housing","the ministry of education","city council","the health authority","our elected officials","primary care","acute care"],
 "ask": ["fund link workers","share information safely","measure what matters","support community groups","set a national standard","invest in prevention","build a national framework","listen to people first","work across ministries","protect privacy","train every link worker","amplify these stories"],
 "name": ["Amina","George","Marie","Daniel","Priya","Helen","Samuel","Rosa","Thomas","Fatima","Wei","Margaret"],
 "stage": ["enter","connect","attend","follow up","exit"],
 "adj": ["important","simple","difficult","powerful","practical","human","equitable","culturally safe","trauma informed","sustainable"],
 "act": ["came back","started walking","joined the choir","learned to cook","made a friend","slept better","called me","stopped crying","found a home","went back to school","began to volunteer","saw the doctor less"],
 "when": ["last winter","every week","this year","after the first visit","within six months","during the pandemic","on Tuesday morning","at the end","for the first time","in the spring"],
}
EN_T = [
 "Social prescribing helped {name} feel {good}.",
 "{whos} need {need} and {need}.",
 "I met {who} at {place} {when}.",
 "We asked {gov} to {ask}.",
 "{name} {act} {when}.",
 "The biggest challenge is {problem}, not medicine.",
 "{problem} is what I see every day at {place}.",
 "In {num} {unit} we saw real change.",
 "Our program served {num} {unit} {when}.",
 "Emergency visits fell by {num} percent {when}.",
 "A prescription for {place} can be {adj}.",
 "When {name} came to {place}, there was a lot of {problem}.",
 "I would like {gov} to {ask} and {ask}.",
 "It is {adj} work and it takes {need}.",
 "{whos} and {whos} must work together.",
 "We cannot do this without {need}.",
 "My name is {name} and I am {who}.",
 "I work at {place} with {whos}.",
 "People told us that they felt {good}.",
 "The {stage} stage is where {whos} get lost.",
 "First you {stage}, then you {stage}.",
 "If {gov} would {ask}, we could help {num} more {unit}.",
 "What matters to you, not what is the matter with you.",
 "That is why {who} is so {adj}.",
 "For {num} {unit} {name} lived with {problem}.",
 "{who} listened, and {name} {act}.",
 "We measure {need} and {problem} before and after.",
 "{need} is the bridge between healthcare and community.",
 "Every dollar we invest returns {num} dollars.",
 "I never expected to feel {good}.",
 "The doctor wrote a prescription for {place}.",
 "Please {ask}.",
 "{place} gave {name} {need} and {need}.",
 "We need {adj} policy and {adj} training.",
 "Before, it was {problem} and {problem}; now it is {need}.",
]
FR_SLOTS = {
 "qui": ["une intervenante pivot","un médecin de famille","une infirmière","un bénévole","une directrice de programme","un travailleur social","une conseillère en politiques","un partenaire communautaire"],
 "quis": ["les médecins","les aînés","les bénévoles","les familles","les patients","les nouveaux arrivants","les bailleurs de fonds","les décideurs"],
 "lieu": ["le centre de santé","la bibliothèque","le jardin communautaire","la chorale","le groupe de marche","la banque alimentaire","le quartier","la clinique"],
 "besoin": ["la confiance","du temps","de la formation","un financement stable","du soutien","de bonnes données","un logement","de l'espoir"],
 "mal": ["la solitude","l'isolement","l'anxiété","la pauvreté","le deuil","la douleur"],
 "nb": ["deux","trois","quatre","cinq","six","dix","douze","vingt","trente","quarante","cinquante","cent"],
 "unite": ["personnes","mois","semaines","années","visites","familles"],
 "nom": ["Amina","Georges","Marie","Daniel","Hélène","Samuel","Thomas","Rosa"],
 "gouv": ["le gouvernement","le ministère de la santé","la ville","le réseau de santé","la province"],
 "dem": ["financer les intervenants","protéger la vie privée","mesurer les résultats","écouter les gens","partager ces histoires","investir en prévention"],
 "bien": ["moins seule","plus confiante","bien entourée","en meilleure santé","vraiment écoutée"],
}
FR_T = [
 "La prescription sociale a aidé {nom}.",
 "{nom} se sent {bien}.",
 "{quis} ont besoin de soutien.",
 "Il faut {besoin} et {besoin}.",
 "Nous demandons à la province de {dem}.",
 "Je travaille avec {quis} dans {lieu}.",
 "Le plus grand défi est {mal}.",
 "En {nb} {unite} nous avons vu un vrai changement.",
 "Je m'appelle {nom} et je suis {qui}.",
 "{gouv} doit {dem}.",
 "Avec {nb} {unite}, tout est possible.",
 "{lieu} lutte contre {mal}.",
 "C'est pourquoi il faut {dem} et {dem}.",
 "{quis} et {quis} travaillent ensemble.",
 "{mal} ne se soigne pas seulement avec un médicament.",
]

EN_COMMON = """a about after again against all alone also always am an and another answer any are around art as ask at away back bad be because been before began begin being believe bend best better between big black board boat body book both boy bread bring brother build bus but buy by call came can cannot car care carry cause change child children choose city class clean clear close coffee cold come community could count country course cup cut daughter day dead deal decide deep did die different dinner do doctor does dog done door doubled down dream drink drive each early earth eat eight else end enough even ever every everyone everything eye face fact fall family far farm father feel feet felt few field fifth find fine fire first fish five floor follow food foot for four free friend from front full game gate gave get girl give glad go god gold good great green ground group grow guess had hair half hand happen happy hard has have he head health hear heard heart help her here high him his hold home hope horse hospital hot hour house how hundred husband I idea if important in inside instead into invest is island it job join just keep key kind kitchen knew know lake land language large last late laugh lead learn leave left less let letter life light like line listen little live long look lost lot love low made make man many map matter may me mean meet men met middle might mile milk mind minister minute miss money month more morning most mother move much music must my name near need neighbour never new next nice night no north not nothing now nobody number nurse of off often old on once one only open or order other our out over own page paid pain paper park part pay people person picture piece place plan plant play please point power press problem program public pull put question quick quiet rain ran read ready real reason rest river road room run safe said same sat saw say school sea season seat second see seem sell send serve set seven several she short should show side sign simple since sing sister sit six sleep slow small snow so social some somebody someone something song soon south speak stand start state stay step still stop story street strong such summer sun sure table take talk tea teach team tell ten than that the their them then there these they thing think this those three through time to today together told tomorrow too took tool town train tree true try turn two under until up us use very visit voice volunteer wait walk wall want war warm was watch water way we week welcome well went were what when where which while white who whole why will wind window winter wish with without woman women word work world would write year yes yesterday yet you young your ambulance applications attendance pharmacy medical champion authority measures province grants foundation tomatoes planted laughed expected referral standard national framework evidence budget election equity services agency leaders regional kitchen exercise medicine prescription appointment waiting emergency cost costs save saved money results outcome outcomes survey collect share safely respect privacy information report form role mentor skills course workshop network partner partners sector coalition shared accountability agenda awareness campaign podcast radio video interview""".split()
FR_COMMON = """à ai aime air aller ami amie ans après au aussi autre aux avant avec avoir beau beaucoup bien bon bonne c'est ce cela ces cette chaque chiffre comme comment connaître contre coeur dans de demande demain des deux devant difficile dire dit doit doivent donc du eau école elle elles en encore enfant enfants ensemble est et être eux faire fait faut femme fille fils fin fois font fort garde gens grand grande groupe histoire homme ici il ils jamais je jeune jour jours juste la le les leur loin longtemps lui ma main mais maison mal matin médicament même mère mes mieux moi moins mois mon monde mot ne nos notre nous nouveau nouvelle nuit on ont ou où ouvre ouverte par parce parle partout pas passe pays père petit petite peu peut plus plusieurs porte pour pourquoi premier première programme qualité quand que quel qui quoi recule rencontre rien rue sa sans santé se semaine ses si soir soleil sommes son sont souvent suis sur ta temps terre tête toi ton toujours tout toute tous très trop trouve un une vie ville vit voir voix vous vrai vraie yeux service réseau partenaires ministères conseiller conseillère politique chanter jardin médecin hiver été printemps""".split()

VOICES = {"en": ["en-us", "en-us+m1", "en-us+m3", "en-us+m7", "en-us+f1", "en-us+f2", "en-us+f4", "en-gb", "en-gb+m2", "en-gb+f3"],
          "fr": ["fr", "fr+m1", "fr+m3", "fr+f2", "fr+f4"]}

HELD_OUT = {"en": [
    "Trust is the first prescription we write.",
    "A choir, a garden and a friend did more than medicine.",
    "Without steady funding, every link worker will burn out within two years.",
    "Helen lived with chronic pain and grief, and the walking group gave hope.",
    "Funders and policymakers told us that good data is difficult.",
    "We ask the ministry of health to measure what matters and protect privacy.",
    "After six months at the art studio Samuel slept better and made a friend.",
    "Newcomers need housing, childcare and a community connector.",
], "fr": [
    "La confiance est un médicament.",
    "Les aînés ont besoin de temps et de soutien.",
    "Marie et Thomas travaillent avec les bénévoles dans la bibliothèque.",
    "La solitude est le plus grand défi du quartier.",
]}

INTERVIEWS = json.loads((Path(__file__).with_name("interviews.json")).read_text())
LINES = {language: [text for one in INTERVIEWS if one["language"] == language for text, _ in one["lines"]] for language in ("en", "fr")}
WORDS = {language: sorted({*common, *(word for line in LINES[language] for word in re.findall(r"[A-Za-zÀ-ÿ'’-]+", line))})
         for language, common in (("en", EN_COMMON), ("fr", FR_COMMON))}


def capital(text: str) -> str:
    return text[0].upper() + text[1:]


def a_sentence(rng: random.Random, language: str) -> str:
    templates, slots = (EN_T, EN_SLOTS) if language == "en" else (FR_T, FR_SLOTS)
    return capital(re.sub(r"\{(\w+)\}", lambda match: rng.choice(slots[match[1]]), rng.choice(templates)))


def some_words(rng: random.Random, language: str) -> str:
    return capital(" ".join(rng.choice(WORDS[language]) for _ in range(rng.randint(3, 9)))) + "."


def some_phrases(rng: random.Random, language: str) -> str:
    """Return two to four phrases of two to four words, from anywhere: no sentence to guess from."""
    said: list[str] = []
    for _ in range(rng.randint(2, 4)):
        source = rng.choice(LINES[language]) if rng.random() < 0.5 else a_sentence(rng, language)
        words, length = source.rstrip(".").split(), rng.randint(2, 4)
        start = rng.randrange(max(1, len(words) - length + 1))
        said += words[start:start + length]
    return capital(" ".join(said)).rstrip(",") + "."


def a_text(rng: random.Random, language: str, mix: str) -> str:
    x = rng.random()
    if mix == "sentences":
        return a_sentence(rng, language) if x < 0.70 else some_words(rng, language)
    if x < 0.20:
        return a_sentence(rng, language)
    if x < (0.45 if mix == "phrases" else 0.55):
        return rng.choice(LINES[language])
    return some_phrases(rng, language) if x < (0.80 if mix == "phrases" else 0.90) else some_words(rng, language)
