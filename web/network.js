// States as a network: an arrow for what one did to the other, green where it was cooperation, red where conflict.
"use strict";
(async () => {
  for (const box of document.querySelectorAll("[data-network]")) {
    const answer = await fetch(box.dataset.network);
    if (!answer.ok) continue;
    const {items} = await answer.json(), names = JSON.parse(box.dataset.names || "{}");
    if (!items.length) { box.textContent = "Nothing passed between states in this time."; continue; }
    graph(box, () => {
      const nodes = new Map();
      const node = id => nodes.get(id) || nodes.set(id, {id, n: 0, name: names[id] || id, href: "/actor?name=" + encodeURIComponent(id)}).get(id);
      const links = items.filter(i => i.a !== i.b).map(i => ({source: node(i.a), target: node(i.b), n: +i.events, g: +i.goldstein}));
      for (const l of links) {
        l.source.n += l.n; l.target.n += l.n;
        l.tone = l.g / l.n > .5 ? "soft" : l.g / l.n < -.5 ? "hard" : "plain";
        l.title = `${l.source.name} to ${l.target.name}: ${l.n} ${l.n === 1 ? "act" : "acts"}, Goldstein ${l.g.toFixed(1)}`;
      }
      for (const n of nodes.values()) n.title = `${n.name}: ${n.n} acts`;
      return {all: [...nodes.values()], links};
    });
  }
})();
