// States as a network: an edge for what passed between two of them, green where it was cooperation, red where conflict.
"use strict";
(async () => {
  for (const box of document.querySelectorAll("[data-network]")) {
    const answer = await fetch(box.dataset.network);
    if (!answer.ok) continue;
    const {items} = await answer.json();
    if (!items.length) { box.textContent = "Nothing passed between states in this time."; continue; }
    const nodes = new Map(), edges = new Map();
    const node = id => nodes.get(id) || nodes.set(id, {id, n: 0}).get(id);
    for (const i of items) {
      const [a, b] = [i.a, i.b].sort(), key = a + "|" + b;
      const e = edges.get(key) || edges.set(key, {source: node(a), target: node(b), n: 0, g: 0}).get(key);
      e.n += +i.events; e.g += +i.goldstein;
      node(a).n += +i.events; node(b).n += +i.events;
    }
    const all = [...nodes.values()], links = [...edges.values()], w = 900, h = 520, big = Math.max(...all.map(n => n.n));
    const radius = n => 7 + 13 * Math.sqrt(n.n / big);
    const still = d3force.forceSimulation(all).force("link", d3force.forceLink(links).distance(110).strength(l => .15 + .5 * l.n / big)).force("charge", d3force.forceManyBody().strength(-260)).force("center", d3force.forceCenter(w / 2, h / 2)).force("apart", d3force.forceCollide(n => radius(n) + 8)).stop();
    for (let i = 0; i < 250; ++i) still.tick();
    for (const n of all) { n.x = Math.max(24, Math.min(w - 24, n.x)); n.y = Math.max(20, Math.min(h - 20, n.y)); }
    const make = (tag, attributes, parent) => {
      const el = document.createElementNS("http://www.w3.org/2000/svg", tag);
      for (const [k, v] of Object.entries(attributes)) el.setAttribute(k, v);
      parent.append(el);
      return el;
    };
    const svg = make("svg", {viewBox: `0 0 ${w} ${h}`}, box), most = Math.max(...links.map(l => l.n));
    for (const l of links) {
      const mean = l.g / l.n;
      const line = make("line", {x1: l.source.x, y1: l.source.y, x2: l.target.x, y2: l.target.y, stroke: mean > .5 ? "#2f8f4e" : mean < -.5 ? "#b3261e" : "#8a8f99", "stroke-width": 1 + 5 * l.n / most, "stroke-opacity": .75}, svg);
      make("title", {}, line).textContent = `${l.source.id} and ${l.target.id}: ${l.n} events, Goldstein ${l.g.toFixed(1)}`;
    }
    for (const n of all) {
      const a = make("a", {href: "/actor?name=" + encodeURIComponent(n.id)}, svg);
      const c = make("circle", {cx: n.x, cy: n.y, r: radius(n)}, a);
      make("title", {}, c).textContent = `${n.id}: ${n.n} events`;
      make("text", {x: n.x, y: n.y + 4, "text-anchor": "middle"}, a).textContent = n.id;
    }
  }
})();
