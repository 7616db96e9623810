// Tables that are sorted by the heading that is pressed: first upward, then downward; days by their dates, numbers as numbers.
"use strict";
// What is wider than its place begins with the newest.
for (const axis of document.querySelectorAll(".wide > svg.axis")) axis.parentElement.scrollLeft = axis.parentElement.scrollWidth;
for (const table of document.querySelectorAll("table.sorts")) {
  const body = table.tBodies[0];
  if (!body || body.rows.length < 2) continue;
  const value = (row, n) => { const cell = row.cells[n]; return cell.dataset.sort ?? cell.textContent.trim(); };
  [...table.tHead.rows[0].cells].forEach((head, n) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      for (const other of head.parentElement.cells) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const rows = [...body.rows], numbers = rows.every(r => /^[-+]?[\d.,]*$/.test(value(r, n)));
      const compare = (a, b) => numbers ? (parseFloat(value(a, n)) || 0) - (parseFloat(value(b, n)) || 0) : value(a, n).localeCompare(value(b, n));
      rows.sort((a, b) => down ? compare(b, a) : compare(a, b));
      body.append(...rows);
    });
  });
}
