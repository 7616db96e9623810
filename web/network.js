// States as a network: an arrow for what one did to the other, green where it was cooperation, red where conflict; names beside the
// circles, each with the ground of the page behind it.
"use strict";
(async () => {
  for (const box of document.querySelectorAll("[data-network]")) {
    const answer = await fetch(box.dataset.network);
    if (!answer.ok) continue;
    const {items} = await answer.json(), names = JSON.parse(box.dataset.names || "{}");
    if (!items.length) { box.textContent = "Nothing passed between states in this time."; continue; }
    const draw = () => {
      const nodes = new Map();
      const node = id => nodes.get(id) || nodes.set(id, {id, n: 0, name: names[id] || id}).get(id);
      const links = items.filter(i => i.a !== i.b).map(i => ({source: node(i.a), target: node(i.b), n: +i.events, g: +i.goldstein}));
      for (const l of links) { l.source.n += l.n; l.target.n += l.n; }
      const both = new Set(links.map(l => l.source.id + "|" + l.target.id));
      const all = [...nodes.values()], big = Math.max(...all.map(n => n.n)), most = Math.max(...links.map(l => l.n));
      // On a narrow screen the drawing is narrow too, so that its letters stay letters.
      const w = Math.max(340, Math.min(960, box.clientWidth || 900)), h = Math.max(360, Math.min(900, 300 + 14 * all.length));
      const radius = n => 5 + 11 * Math.sqrt(n.n / big), wide = n => Math.max(radius(n), 3.6 * n.name.length);
      const still = d3force.forceSimulation(all).force("link", d3force.forceLink(links).distance(Math.min(190, w / 3)).strength(l => .1 + .4 * l.n / most)).force("charge", d3force.forceManyBody().strength(-320)).force("center", d3force.forceCenter(w / 2, h / 2)).force("apart", d3force.forceCollide(n => Math.min(52, wide(n)) + 8)).stop();
      for (let i = 0; i < 300; ++i) {
        still.tick();
        for (const n of all) { n.x = Math.max(wide(n) + 4, Math.min(w - wide(n) - 4, n.x)); n.y = Math.max(20, Math.min(h - 30, n.y)); }
      }
      const make = (tag, attributes, parent) => {
        const el = document.createElementNS("http://www.w3.org/2000/svg", tag);
        for (const [k, v] of Object.entries(attributes)) el.setAttribute(k, v);
        parent.append(el);
        return el;
      };
      const svg = make("svg", {viewBox: `0 0 ${w} ${h}`, width: w, height: h}, box), defs = make("defs", {}, svg);
      const tone = l => l.g / l.n > .5 ? "soft" : l.g / l.n < -.5 ? "hard" : "plain";
      for (const t of ["soft", "plain", "hard"]) {
        const tip = make("marker", {id: "tip-" + t, viewBox: "0 0 10 10", refX: 8, refY: 5, markerWidth: 9, markerHeight: 9, markerUnits: "userSpaceOnUse", orient: "auto"}, defs);
        make("path", {d: "M0 0 L10 5 L0 10 z", class: t + " tip"}, tip);
      }
      for (const l of links) {
        const dx = l.target.x - l.source.x, dy = l.target.y - l.source.y, d = Math.hypot(dx, dy) || 1;
        // There and back are two curves.
        const bend = both.has(l.target.id + "|" + l.source.id) ? Math.min(18, d / 6) : 0, mx = (l.source.x + l.target.x) / 2 - dy / d * bend, my = (l.source.y + l.target.y) / 2 + dx / d * bend;
        const a = radius(l.source) + 1, b = radius(l.target) + 3, cx = 2 * mx - (l.source.x + l.target.x) / 2, cy = 2 * my - (l.source.y + l.target.y) / 2;
        const from = Math.hypot(cx - l.source.x, cy - l.source.y) || 1, to = Math.hypot(cx - l.target.x, cy - l.target.y) || 1;
        const line = make("path", {d: `M${l.source.x + (cx - l.source.x) / from * a} ${l.source.y + (cy - l.source.y) / from * a} Q${cx} ${cy} ${l.target.x + (cx - l.target.x) / to * b} ${l.target.y + (cy - l.target.y) / to * b}`, class: tone(l) + " line", "stroke-width": 1 + 4 * l.n / most, "marker-end": `url(#tip-${tone(l)})`}, svg);
        make("title", {}, line).textContent = `${l.source.name} to ${l.target.name}: ${l.n} ${l.n === 1 ? "act" : "acts"}, Goldstein ${l.g.toFixed(1)}`;
      }
      for (const n of all) {
        const a = make("a", {href: "/actor?name=" + encodeURIComponent(n.id)}, svg);
        const c = make("circle", {cx: n.x, cy: n.y, r: radius(n)}, a);
        make("title", {}, c).textContent = `${n.name}: ${n.n} acts`;
        make("text", {x: n.x, y: n.y + radius(n) + 13, "text-anchor": "middle"}, a).textContent = n.name;
      }
    };
    draw();
    // Turned or made narrower, it is drawn anew for the place it has.
    let width = box.clientWidth;
    addEventListener("resize", () => {
      if (box.clientWidth === width) return;
      width = box.clientWidth;
      box.replaceChildren();
      draw();
    });
  }
})();
