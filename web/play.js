// The state of play as a network: an arrow for what one holds toward another, with the numbers of the list below it; dashed where one waits
// on the other. It takes the place of the drawing that is there without a script.
"use strict";
for (const box of document.querySelectorAll("[data-play]")) {
  const {stands, links} = JSON.parse(box.dataset.play);
  graph(box, () => {
    const nodes = new Map(), between = new Map();
    const node = name => nodes.get(name) || nodes.set(name, {id: name, n: 0, name, href: "/actor?name=" + encodeURIComponent(name)}).get(name);
    const tone = kind => ["deadlock", "rejects", "opposes"].includes(kind) ? "hard" : ["opening", "accepts", "offers", "supports"].includes(kind) ? "soft" : "plain";
    stands.forEach((s, i) => {
      const holder = node(s.holder);
      ++holder.n;
      if (!s.toward || s.toward === s.holder) { holder.alone = [...holder.alone || [], i + 1]; return; }
      const other = node(s.toward), key = [s.holder, s.toward, tone(s.stance)].join("\n");
      const l = between.get(key) || between.set(key, {source: holder, target: other, n: 0, tone: tone(s.stance), numbers: [], says: [], href: "#stand-" + (i + 1)}).get(key);
      ++l.n;
      l.numbers.push(i + 1);
      l.says.push(`${i + 1}. ${s.holder} ${s.stance}: ${s.content}`);
    });
    const all = [...between.values()];
    for (const l of all) { l.label = l.numbers.slice(0, 4).join(" ") + (l.numbers.length > 4 ? " …" : ""); l.title = l.says.join("\n"); }
    for (const k of links) {
      const from = stands[k.from].holder, to = k.to < 0 ? from : stands[k.to].holder;
      if (from !== to) all.push({source: node(from), target: node(to), n: 1, tone: tone(k.kind), dashed: true, title: k.kind + ": " + k.why, href: "#stand-" + (k.from + 1)});
    }
    for (const n of nodes.values()) n.title = n.name + (n.alone ? ": " + n.alone.join(", ") + " toward nobody in particular" : "");
    return {all: [...nodes.values()], links: all};
  });
}
