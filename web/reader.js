// Evidence both ways: words light their cards, cards light their words; a box takes its layer out of the text and of the record.
// Words that several cards rest on go from card to card, one a click. Without this script the page still has everything, and the
// links of the cards lead to the words.
"use strict";
(() => {
  const text = document.querySelector(".reader .text"), aside = document.querySelector(".reader aside");
  if (!text || !aside) return;
  const pieces = [...text.querySelectorAll(".seg")], cards = [...aside.querySelectorAll(".card")];
  const items = el => (el.dataset.i || "").split(" ").filter(Boolean);
  const byItem = new Map();
  for (const el of [...pieces, ...cards])
    for (const i of items(el)) (byItem.get(i) || byItem.set(i, []).get(i)).push(el);
  const words = id => (byItem.get(id) || []).filter(el => el.classList.contains("seg"));
  const narrow = matchMedia("(max-width:54rem)");
  let held = null, turn = 0;
  const dark = () => document.querySelectorAll(".lit").forEach(el => el.classList.remove("lit"));
  const light = list => {
    dark();
    for (const i of list) for (const el of byItem.get(i) || []) el.classList.add("lit");
  };
  // The items of some words whose layers are shown, the one with the fewest words first: what was meant is rarely the paragraph.
  const size = i => words(i).reduce((sum, el) => sum + el.textContent.length, 0);
  const shown = el => items(el).filter(i => text.classList.contains("on-" + i[0])).sort((a, b) => size(a) - size(b));

  // On a narrow page a card comes to the words, at the foot of the window.
  const peek = document.createElement("div");
  peek.className = "peek";
  peek.hidden = true;
  peek.setAttribute("role", "status");
  document.body.append(peek);
  const show = (card, at, of) => {
    for (let fold = card.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    if (!narrow.matches) return card.scrollIntoView({block: "nearest"});
    const copy = card.cloneNode(true);
    copy.querySelectorAll("[id]").forEach(el => el.removeAttribute("id"));
    const close = document.createElement("button");
    close.textContent = "Close";
    close.addEventListener("click", letGo);
    const count = document.createElement("small");
    count.textContent = of > 1 ? `${at + 1} of ${of}, tap again for the next ` : "";
    const body = document.createElement("div");
    body.append(...copy.childNodes);
    peek.replaceChildren(close, count, body);
    peek.hidden = false;
  };
  const letGo = () => { held = null; turn = 0; peek.hidden = true; dark(); };

  const take = el => {
    const list = shown(el);
    if (!list.length) return;
    turn = held === el ? turn + 1 : 0;
    if (turn >= list.length) return letGo();
    held = el;
    light([list[turn]]);
    const card = document.getElementById(list[turn]);
    if (card) show(card, turn, list.length);
    if (narrow.matches) el.scrollIntoView({block: "nearest"});
  };
  for (const el of pieces) {
    el.addEventListener("mouseenter", () => { if (!held) light(shown(el)); });
    el.addEventListener("mouseleave", () => { if (!held) dark(); });
    el.addEventListener("click", () => take(el));
    // The first words of an item are on the way of the keyboard: Enter goes to the card, and back with Enter there.
    if (!el.id) continue;
    el.setAttribute("role", "button");
    // A gap between two words has no name of its own.
    if (!el.textContent.trim()) el.setAttribute("aria-label", "its line in the record");
    el.setAttribute("aria-description", "goes to its line in the record");
    el.addEventListener("focus", () => { if (!held) light(shown(el)); });
    el.addEventListener("blur", () => { if (!held) dark(); });
    el.addEventListener("keydown", e => {
      if (e.key !== "Enter") return;
      e.preventDefault();
      take(el);
      const list = shown(el), card = held && document.getElementById(list[turn]);
      if (card && !narrow.matches) card.focus();
    });
  }
  const reach = () => { for (const el of pieces) if (el.id) el.tabIndex = shown(el).length ? 0 : -1; };

  for (const card of cards) {
    const own = [card.id];
    card.addEventListener("mouseenter", () => { if (!held) light(own); });
    card.addEventListener("mouseleave", () => { if (!held) dark(); });
    card.addEventListener("focus", () => { if (!held) light(own); });
    card.addEventListener("blur", () => { if (!held) dark(); });
    const hold = keyboard => {
      if (held === card) return letGo();
      held = card;
      light(own);
      const word = document.getElementById("w-" + card.id) || words(card.id)[0];
      if (!word) return;
      word.scrollIntoView({block: "center"});
      if (keyboard && word.tabIndex === 0) word.focus({preventScroll: true});
    };
    card.addEventListener("click", e => { if (!e.target.closest("a,summary,details.why,form")) hold(false); });
    card.addEventListener("keydown", e => { if ((e.key === "Enter" || e.key === " ") && e.target === card) { e.preventDefault(); hold(true); } });
  }
  document.addEventListener("keydown", e => { if (e.key === "Escape") letGo(); });

  const layer = box => {
    text.classList.toggle("on-" + box.dataset.layer, box.checked);
    const group = aside.querySelector(`.cards[data-layer="${box.dataset.layer}"]`);
    if (group) {
      group.hidden = !box.checked;
      if (box.checked) group.open = true;
    }
    reach();
  };
  for (const box of document.querySelectorAll(".layers input")) {
    box.addEventListener("change", () => layer(box));
    layer(box);
  }
  // On a narrow page the record is folded, so that the text is not far from its end.
  if (narrow.matches) for (const group of aside.querySelectorAll(".cards")) group.open = false;

  // An address with an item: light it.
  const follow = () => {
    const hash = decodeURIComponent(location.hash.slice(1)).replace(/^w-/, "");
    if (!/^[a-z]\d+$/.test(hash) || !byItem.has(hash)) return;
    const box = document.querySelector(`.layers input[data-layer="${hash[0]}"]`);
    if (box && !box.checked) { box.checked = true; layer(box); }
    held = document.getElementById(hash);
    light([hash]);
    if (held && !narrow.matches) show(held, 0, 1);
    const word = words(hash)[0];
    if (word) word.scrollIntoView({block: "center"});
  };
  addEventListener("hashchange", follow);
  follow();
})();
