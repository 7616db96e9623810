// A file dropped on the form becomes its text.
"use strict";
(() => {
  const form = document.querySelector(".paste");
  if (!form) return;
  const area = form.querySelector("textarea");
  const over = on => form.classList.toggle("over", on);
  form.addEventListener("dragover", e => { e.preventDefault(); over(true); });
  form.addEventListener("dragleave", () => over(false));
  form.addEventListener("drop", async e => {
    const file = e.dataTransfer.files[0];
    if (!file) return;
    e.preventDefault();
    over(false);
    if (file.size > 8e6) return alert("This file is larger than 8 MB.");
    area.value = await file.text();
    area.focus();
  });
})();
