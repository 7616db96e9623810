// Evidence both ways: words light their cards, cards light their words; layers can be switched off. Without this script the page
// still has everything, and the links of the cards lead to the words.
"use strict";
(() => {
  const text = document.querySelector(".reader .text");
  if (!text) return;
  const pieces = [...text.querySelectorAll(".seg")], cards = [...document.querySelectorAll(".card")];
  const items = el => (el.dataset.i || "").split(" ").filter(Boolean);
  const byItem = new Map();
  for (const el of [...pieces, ...cards])
    for (const i of items(el)) (byItem.get(i) || byItem.set(i, []).get(i)).push(el);
  let held = null;
  const dark = () => document.querySelectorAll(".lit").forEach(el => el.classList.remove("lit"));
  const light = list => {
    dark();
    for (const i of list) for (const el of byItem.get(i) || []) el.classList.add("lit");
  };
  const shown = el => items(el).filter(i => text.classList.contains("on-" + i[0]));
  for (const el of pieces) {
    el.addEventListener("mouseenter", () => { if (!held) light(shown(el)); });
    el.addEventListener("mouseleave", () => { if (!held) dark(); });
    el.addEventListener("click", () => {
      const list = shown(el);
      if (!list.length) return;
      held = held === el ? null : el;
      if (!held) return dark();
      light(list);
      const card = document.getElementById(list[0]);
      if (card) card.scrollIntoView({block: "nearest"});
    });
  }
  for (const card of cards) {
    const own = [card.id];
    card.addEventListener("mouseenter", () => { if (!held) light(own); });
    card.addEventListener("mouseleave", () => { if (!held) dark(); });
    card.addEventListener("focus", () => { if (!held) light(own); });
    card.addEventListener("blur", () => { if (!held) dark(); });
    const hold = () => {
      held = held === card ? null : card;
      if (!held) return dark();
      light(own);
      const word = document.getElementById("w-" + card.id) || (byItem.get(card.id) || []).find(el => el.classList.contains("seg"));
      if (word) word.scrollIntoView({block: "center"});
    };
    card.addEventListener("click", e => { if (!e.target.closest("a,summary,details")) hold(); });
    card.addEventListener("keydown", e => { if ((e.key === "Enter" || e.key === " ") && e.target === card) { e.preventDefault(); hold(); } });
  }
  document.addEventListener("keydown", e => { if (e.key === "Escape") { held = null; dark(); } });
  for (const box of document.querySelectorAll(".layers input"))
    box.addEventListener("change", () => text.classList.toggle("on-" + box.dataset.layer, box.checked));
  // An address with an item: light it.
  const follow = () => {
    const hash = decodeURIComponent(location.hash.slice(1)).replace(/^w-/, "");
    if (!/^[a-z]\d+$/.test(hash) || !byItem.has(hash)) return;
    held = document.getElementById(hash);
    light([hash]);
    const word = byItem.get(hash).find(el => el.classList.contains("seg"));
    if (word) word.scrollIntoView({block: "center"});
  };
  addEventListener("hashchange", follow);
  follow();
})();
