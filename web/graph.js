// A network drawn by d3-force: circles with their names below them, each with the ground of the page behind it, and arrows between them;
// names never stand on each other, nor does what is written on an arrow: where no place on it is free, it shows when the arrow is pointed
// at or reached by key. Who draws one gives what stands in it:
//   graph(box, () => ({all: [{id, name, n, href, title}], links: [{source, target, n, tone, title, dashed, label, href}]}))
// tone: soft, plain or hard; label, href and title may be missing; n: how large, how thick.
"use strict";
function graph(box, content) {
  const pen = document.createElement("canvas").getContext("2d");
  const draw = () => {
    const {all, links} = content(), big = Math.max(1, ...all.map(n => n.n)), most = Math.max(1, ...links.map(l => l.n));
    // On a narrow screen the drawing is narrow too, so that its letters stay letters, and as much higher.
    const w = Math.max(320, Math.min(1100, box.clientWidth || 900)), radius = n => 5 + 11 * Math.sqrt(n.n / big);
    const letters = (text, font) => { pen.font = font + " system-ui,sans-serif"; return pen.measureText(text).width; };
    const short = new Map(all.map(n => {
      let name = n.name;
      while (letters(name, "12px") > w - 20) name = name.slice(0, -2) + "…";
      return [n, name];
    }));
    const half = new Map(all.map(n => [n, Math.max(radius(n), letters(short.get(n), "12px") / 2 + 1)]));
    const wide = n => half.get(n), high = n => radius(n) + 12;
    const room = all.reduce((sum, n) => sum + 5.5 * (wide(n) + 8) * (high(n) + 10), 0);
    let h = Math.max(300, Math.ceil(room / w) + 120);  // to lay out in
    // Names are boxes, and circles would leave too little or too much between them.
    const apart = () => {
      for (let i = 0; i < all.length; ++i) for (let j = i + 1; j < all.length; ++j) {
        const a = all[i], b = all[j], dx = b.x - a.x, dy = b.y - a.y, x = wide(a) + wide(b) + 10 - Math.abs(dx), y = high(a) + high(b) + 8 - Math.abs(dy);
        if (x <= 0 || y <= 0) continue;
        if (x < y) { const by = x / 2 * (dx < 0 ? -1 : 1); a.x -= by; b.x += by; } else { const by = y / 2 * (dy < 0 ? -1 : 1); a.y -= by; b.y += by; }
      }
      for (const n of all) { n.x = Math.max(wide(n) + 4, Math.min(w - wide(n) - 4, n.x)); n.y = Math.max(radius(n) + 4, Math.min(h - radius(n) - 20, n.y)); }
    };
    const still = d3force.forceSimulation(all).force("link", d3force.forceLink(links).distance(Math.min(190, w / 3)).strength(l => .1 + .4 * l.n / most)).force("charge", d3force.forceManyBody().strength(-320)).force("middle", d3force.forceCenter(w / 2, h / 2)).force("inward", alpha => { for (const n of all) { n.vx += (w / 2 - n.x) * .06 * alpha; n.vy += (h / 2 - n.y) * .06 * alpha * Math.min(1, w / h); } }).stop();
    for (let i = 0; i < 300; ++i) { still.tick(); apart(); }
    for (let i = 0; i < 300; ++i) apart();
    // What is still on another at a border goes below it, from the top down, and the drawing grows with it.
    const lies = [];
    for (const n of [...all].sort((a, b) => a.y - b.y || a.x - b.x)) {
      const on = o => Math.abs(n.x - o.x) < wide(n) + wide(o) + 4 && n.y - radius(n) < o.y + radius(o) + 19;
      for (let o; (o = lies.find(on));) n.y = o.y + radius(o) + radius(n) + 19.1;
      lies.push(n);
    }
    // No more ground than they take.
    const top = Math.min(...all.map(n => n.y - radius(n))) - 18;
    for (const n of all) n.y -= top;
    h = Math.ceil(Math.max(...all.map(n => n.y + radius(n)))) + 28;
    const make = (tag, attributes, parent) => {
      const el = document.createElementNS("http://www.w3.org/2000/svg", tag);
      for (const [k, v] of Object.entries(attributes)) el.setAttribute(k, v);
      parent.append(el);
      return el;
    };
    const svg = make("svg", {viewBox: `0 0 ${w} ${h}`, width: w, height: h}, box), defs = make("defs", {}, svg);
    for (const t of ["soft", "plain", "hard"]) {
      const tip = make("marker", {id: "tip-" + t, viewBox: "0 0 10 10", refX: 8, refY: 5, markerWidth: 9, markerHeight: 9, markerUnits: "userSpaceOnUse", orient: "auto"}, defs);
      make("path", {d: "M0 0 L10 5 L0 10 z", class: t + " tip"}, tip);
    }
    const seen = new Map(), pairs = new Map(), key = l => [l.source.id, l.target.id].sort().join("\n"), labels = [];
    const taken = all.map(n => [n.x - wide(n), n.y - radius(n), n.x + wide(n), n.y + radius(n) + 18]);
    for (const l of links) pairs.set(key(l), (pairs.get(key(l)) || 0) + 1);
    for (const l of links) {
      const dx = l.target.x - l.source.x, dy = l.target.y - l.source.y, d = Math.hypot(dx, dy) || 1, nth = seen.get(key(l)) || 0;
      seen.set(key(l), nth + 1);
      // There and back, and several of one way, are curves of their own; the side of a curve is that of its way.
      const bend = pairs.get(key(l)) > 1 ? Math.min(18, d / 6) * (1 + Math.floor(nth / 2)) : 0, mx = (l.source.x + l.target.x) / 2 - dy / d * bend, my = (l.source.y + l.target.y) / 2 + dx / d * bend;
      const a = radius(l.source) + 1, b = radius(l.target) + 3, cx = 2 * mx - (l.source.x + l.target.x) / 2, cy = 2 * my - (l.source.y + l.target.y) / 2;
      const from = Math.hypot(cx - l.source.x, cy - l.source.y) || 1, to = Math.hypot(cx - l.target.x, cy - l.target.y) || 1;
      const at = l.href ? make("a", {href: l.href, "aria-label": (l.label ? l.label + ": " : "") + (l.title || "more")}, svg) : svg;
      const line = make("path", {d: `M${l.source.x + (cx - l.source.x) / from * a} ${l.source.y + (cy - l.source.y) / from * a} Q${cx} ${cy} ${l.target.x + (cx - l.target.x) / to * b} ${l.target.y + (cy - l.target.y) / to * b}`, class: l.tone + " line" + (l.dashed ? " dashed" : ""), "stroke-width": 1 + 4 * l.n / Math.max(4, most), "marker-end": `url(#tip-${l.tone})`}, at);
      if (l.title) make("title", {}, line).textContent = l.title;
      if (l.label) labels.push([at, cx, cy, l]);
    }
    for (const [at, cx, cy, l] of labels) {
      const wide = letters(l.label, "600 11px") / 2 + 2;
      const place = t => [0, 1].map(i => (1 - t) ** 2 * (i ? l.source.y : l.source.x) + 2 * t * (1 - t) * (i ? cy : cx) + t ** 2 * (i ? l.target.y : l.target.x));
      const box = ([x, y]) => [x - wide, y - 8, x + wide, y + 8], free = ([a, b, c, d]) => a > 0 && c < w && !taken.some(o => a < o[2] && o[0] < c && b < o[3] && o[1] < d);
      const t = [.5, .44, .56, .38, .62, .32, .68, .26, .74, .2, .8].find(t => free(box(place(t)))), [x, y] = place(t || .5);
      if (t) taken.push(box([x, y]));
      make("text", {x, y: y + 4, "text-anchor": "middle", class: "on-line " + l.tone + (t ? "" : " quiet")}, at).textContent = l.label;
    }
    for (const n of all) {
      const a = n.href ? make("a", {href: n.href}, svg) : svg, c = make("circle", {cx: n.x, cy: n.y, r: radius(n)}, a);
      if (n.title) make("title", {}, c).textContent = n.title;
      make("text", {x: n.x, y: n.y + radius(n) + 13, "text-anchor": "middle"}, a).textContent = short.get(n);
    }
  };
  box.replaceChildren();
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
