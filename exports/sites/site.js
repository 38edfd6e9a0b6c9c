// What the pages can do besides being read: jump within a clip, and find among all that was said. Nothing is asked of
// any other machine; without this file everything is simply listed.
"use strict";
(function () {
  const all = (selector, within) => Array.from((within || document).querySelectorAll(selector));

  // ---- transcripts: each line leads to its moment, and the one being said is marked
  for (const film of all(".film")) {
    const video = film.querySelector("video"), lines = all(".cues li", film);
    for (const line of lines) {
      const at = line.querySelector(".at"), button = document.createElement("button");
      button.type = "button";
      button.className = "at";
      button.textContent = at.textContent;
      button.setAttribute("aria-label", line.parentElement.dataset.jump.replace("{at}", at.textContent));
      button.addEventListener("click", () => { video.currentTime = Number(line.dataset.at); video.play(); });
      at.replaceWith(button);
    }
    video.addEventListener("timeupdate", () => {
      for (const line of lines)
        line.classList.toggle("now", video.currentTime >= line.dataset.at && video.currentTime < line.dataset.until);
    });
    video.addEventListener("play", () => all("video").forEach(other => other !== video && other.pause()));
  }

  // ---- finding: words in either language, whatever their accents, and the lists beside them
  const form = document.querySelector("form.filters"), said = window.VOICES || {};
  if (!form) return;
  const found = document.querySelector(".found"), none = document.querySelector(".none-found");
  const cards = all("[data-code]").map(card => ({
    card: card, words: said[card.dataset.code] || "", text: card.querySelector("blockquote p"),
    has: name => (card.dataset[name] || "").split(" "),
  }));
  for (const one of cards) one.plain = one.text.textContent;

  const folded = text => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase()
    .replace(/œ/g, "oe").replace(/æ/g, "ae").replace(/[’‘]/g, "'");

  function marked(one, terms) {
    one.text.textContent = one.plain;
    if (!terms.length) return;
    const places = [], plain = one.plain;
    let bare = "";
    for (let i = 0; i < plain.length; i++) for (const sign of folded(plain[i])) { bare += sign; places.push(i); }
    const hit = new Set();
    for (const term of terms)
      for (let at = bare.indexOf(term); at >= 0; at = bare.indexOf(term, at + term.length))
        for (let i = at; i < at + term.length; i++) hit.add(places[i]);
    if (!hit.size) return;
    const pieces = [];
    let open = null;
    for (let i = 0; i < plain.length; i++) {
      const inside = hit.has(i);
      if (!open || open.inside !== inside) pieces.push(open = { inside: inside, text: "" });
      open.text += plain[i];
    }
    one.text.replaceChildren(...pieces.map(piece => {
      const node = piece.inside ? document.createElement("mark") : document.createTextNode(piece.text);
      if (piece.inside) node.textContent = piece.text;
      return node;
    }));
  }

  function look() {
    const terms = folded(form.elements.q.value).split(/\s+/).filter(Boolean), wanted = {};
    for (const box of all("input[type=checkbox]:checked", form)) (wanted[box.name] = wanted[box.name] || []).push(box.value);
    let count = 0;
    for (const one of cards) {
      const shown = terms.every(term => one.words.includes(term)) &&
        Object.entries(wanted).every(([name, keys]) => keys.some(key => one.has(name).includes(key)));
      one.card.hidden = !shown;
      if (shown) { count++; marked(one, terms); }
    }
    const say = found.dataset;
    found.textContent = (count === 1 ? say.one : say.many).replace("{n}", count).replace("{all}", cards.length);
    none.hidden = count > 0;
  }

  const asked = new URLSearchParams(location.search);
  form.elements.q.value = asked.get("q") || "";
  for (const box of all("input[type=checkbox]", form)) box.checked = asked.getAll(box.name).includes(box.value);
  form.hidden = false;
  if (matchMedia("(max-width: 61.9rem)").matches) form.querySelector("details").open = false;
  form.addEventListener("input", look);
  form.addEventListener("submit", event => { event.preventDefault(); look(); found.focus(); });
  all("[data-clear]").forEach(button => button.addEventListener("click", () => {
    form.elements.q.value = "";
    all("input[type=checkbox]", form).forEach(box => { box.checked = false; });
    look();
    form.elements.q.focus();
  }));
  look();
})();
