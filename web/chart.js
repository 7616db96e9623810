// The curve of two states: Goldstein sums as a line, events as bars, by month.
"use strict";
(async () => {
  for (const box of document.querySelectorAll("[data-chart]")) {
    const answer = await fetch(box.dataset.chart);
    if (!answer.ok) continue;
    const {items} = await answer.json();
    if (!items.length) { box.textContent = "No events between them in this time."; continue; }
    const style = getComputedStyle(document.documentElement), color = name => style.getPropertyValue(name).trim();
    // Every month of the span, those without events too.
    const months = new Map(items.map(i => [i.period, i]));
    const x = [], count = [], sum = [];
    let [year, month] = items[0].period.split("-").map(Number);
    for (;;) {
      const key = String(year).padStart(4, "0") + "-" + String(month).padStart(2, "0"), item = months.get(key);
      x.push(Date.UTC(year, month - 1, 15) / 1000);
      count.push(item ? +item.events : 0);
      sum.push(item ? +item.goldstein : 0);
      if (key >= items[items.length - 1].period || x.length > 3000) break;
      if (++month > 12) { month = 1; ++year; }
    }
    const axis = {stroke: color("--soft"), grid: {stroke: color("--line"), width: 1}, ticks: {stroke: color("--line")}};
    const options = {
      width: box.parentElement.clientWidth || 600, height: 300, tzDate: t => uPlot.tzDate(new Date(t * 1000), "UTC"),
      scales: {n: {range: (u, low, high) => [0, Math.max(4, high)]}},
      series: [{label: "month", value: (u, v) => v == null ? "" : new Date(v * 1000).toISOString().slice(0, 7)},
        {label: "events", scale: "n", stroke: "#7a9cc6", fill: "rgba(122,156,198,.35)", paths: uPlot.paths.bars({size: [0.8, 40]}), points: {show: false}},
        {label: "Goldstein sum", scale: "g", stroke: color("--bad"), width: 2, points: {size: 5}}],
      axes: [axis, {...axis, scale: "g", label: "Goldstein", labelSize: 18}, {...axis, scale: "n", side: 1, grid: {show: false}, label: "events", labelSize: 18}],
    };
    const plot = new uPlot(options, [x, count, sum], box);
    addEventListener("resize", () => plot.setSize({width: box.parentElement.clientWidth, height: 300}));
  }
})();
