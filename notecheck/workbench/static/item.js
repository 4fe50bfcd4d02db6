// An item's page: places lead to their words, a selection becomes part of a correction, a query
// is linted as it is typed, and everything can be done by key.
import { showWords } from "./common.js";

document.addEventListener("click", showWords);

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, select, textarea")) return;
  const control = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!control) return;
  event.preventDefault();
  control.click();
});

const correction = document.querySelector("#correction form");

// The offset in the document's text: what the marks add has no text of its own.
const offset = (note, node, at) => {
  const range = document.createRange();
  range.setStart(note, 0);
  range.setEnd(node, at);
  // Offsets count characters as Python does, not UTF-16 units.
  return [...range.toString()].length;
};

document.addEventListener("selectionchange", () => {
  const selection = document.getSelection();
  if (!correction || selection.isCollapsed || !selection.rangeCount) return;
  const range = selection.getRangeAt(0);
  const note = range.startContainer.parentElement?.closest(".note");
  if (!note || !note.contains(range.endContainer)) return;
  correction.elements.doc_id.value = note.dataset.doc;
  correction.elements.start.value = offset(note, range.startContainer, range.startOffset);
  correction.elements.end.value = offset(note, range.endContainer, range.endOffset);
  document.getElementById("selected").textContent = `Selected: “${selection.toString().slice(0, 80)}”`;
});

for (const form of document.querySelectorAll("form[data-lint]")) {
  let timer = 0;
  form.elements.query.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const answer = await fetch(form.dataset.lint, { method: "POST", body: new URLSearchParams(new FormData(form)) });
      const faults = answer.ok ? await answer.json() : [];
      form.querySelector("output").textContent = faults.join("; ") || "Nothing to object to.";
    }, 250);
  });
}
