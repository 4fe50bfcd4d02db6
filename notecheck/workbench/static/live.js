// The live check: what is written is checked at every pause, and the page shows what was found.
import { post, showWords } from "./common.js";

const text = document.getElementById("text");
const paper = document.getElementById("paper");
const backdrop = document.getElementById("backdrop");
const result = document.getElementById("result");
const problem = document.getElementById("problem");
const spoken = document.getElementById("spoken");
const beside = document.getElementById("beside");
const fields = [...document.querySelectorAll("#claim input")];

let others = []; // documents beside the note that is written, from a file
let given = null; // the claim that a file brought
let asking = false;
let pressed = 0;

const encounter = () => {
  const line = Object.fromEntries(fields.map((field) => [field.name, field.value.trim()]));
  return { text: text.value, documents: others, claim: given, line };
};

const grow = () => {
  text.style.height = "auto";
  text.style.height = `${text.scrollHeight}px`;
};

const say = (words) => {
  problem.hidden = !words;
  problem.textContent = words;
};

const show = (found, asked) => {
  say("");
  result.innerHTML = found.result;
  beside.innerHTML = found.beside;
  // Marks stand behind the very words that they were found in, or not at all.
  if (asked.text === text.value) backdrop.innerHTML = found.note;
  spoken.textContent = found.spoken;
};

// One question at a time: what is written meanwhile is asked as soon as the answer is there.
const check = async () => {
  if (asking) return;
  asking = true;
  const began = pressed;
  const asked = encounter();
  try {
    const answer = await post("/live", asked);
    const found = await answer.json();
    if (answer.ok) show(found, asked);
    else say(found.detail);
    requestAnimationFrame(() => {
      // From the last key to the picture, for whoever measures.
      setTimeout(() => {
        result.dataset.milliseconds = (performance.now() - began).toFixed(1);
        result.dataset.answers = Number(result.dataset.answers ?? 0) + 1;
      });
    });
  } catch {
    say("The service does not answer: is it still running?");
  }
  asking = false;
  if (JSON.stringify(asked) !== JSON.stringify(encounter())) check();
};

const soon = () => {
  pressed = performance.now();
  grow();
  check();
};

const read = async (file) => {
  if (!file) return;
  const answer = await fetch("/live/read", {
    method: "POST",
    headers: { "content-type": "application/octet-stream",
               "x-csrf": document.querySelector("meta[name=csrf]").content,
               "x-name": encodeURIComponent(file.name) },
    body: file,
  });
  const found = await answer.json();
  if (!answer.ok) {
    say(found.detail);
    return;
  }
  text.value = found.text;
  others = found.documents;
  given = found.claim;
  soon();
};

const exported = async (kind) => {
  const answer = await post(`/live/export/${kind}`, encounter());
  if (!answer.ok) {
    say((await answer.json()).detail);
    return;
  }
  if (kind === "text") {
    await navigator.clipboard.writeText(await answer.text());
    spoken.textContent = "Copied.";
    return;
  }
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await answer.blob());
  link.download = `notecheck.${kind}`;
  link.click();
  URL.revokeObjectURL(link.href);
};

text.addEventListener("input", soon);
for (const field of fields) field.addEventListener("input", soon);
document.getElementById("file").addEventListener("change", (event) => read(event.target.files[0]));
document.getElementById("clear").addEventListener("click", () => {
  text.value = "";
  others = [];
  given = null;
  for (const field of fields) field.value = "";
  soon();
});
document.getElementById("print").addEventListener("click", () => window.print());
for (const button of document.querySelectorAll("[data-export]")) {
  button.addEventListener("click", () => exported(button.dataset.export));
}
paper.addEventListener("dragover", (event) => {
  event.preventDefault();
  paper.classList.add("dropping");
});
paper.addEventListener("dragleave", () => paper.classList.remove("dropping"));
paper.addEventListener("drop", (event) => {
  event.preventDefault();
  paper.classList.remove("dropping");
  read(event.dataTransfer.files[0]);
});
document.addEventListener("click", showWords);
grow();
if (text.value) soon();
