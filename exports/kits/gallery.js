(() => {
  "use strict";
  const form = document.querySelector("form.ask");
  if (!form) return;
  const quotes = [...document.querySelectorAll(".kit-quote")];
  const words = form.querySelector("input"), block = form.querySelector("select");
  const found = document.querySelector(".found");
  const plain = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  const texts = quotes.map((one) => plain(one.dataset.text || ""));
  const show = () => {
    const wanted = plain(words.value).split(/\s+/).filter(Boolean);
    let n = 0;
    quotes.forEach((one, i) => {
      const fits = (!block.value || (one.dataset.blocks || "").split(" ").includes(block.value)) &&
        wanted.every((word) => texts[i].includes(word));
      one.hidden = !fits;
      n += fits ? 1 : 0;
    });
    found.textContent = n ? found.dataset.some.replace("{n}", n).replace("{all}", quotes.length) : found.dataset.none;
  };
  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  words.addEventListener("input", show);
  block.addEventListener("change", show);
  show();
})();
