// What several pages need: asking the service, and leading from a row to its words and back.

export const post = (path, value) =>
  fetch(path, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "x-csrf": document.querySelector("meta[name=csrf]").content,
    },
    body: JSON.stringify(value),
  });

const light = (element) => {
  for (const other of document.querySelectorAll(".lit")) other.classList.remove("lit");
  element.classList.add("lit");
  element.scrollIntoView({ block: "center", behavior: "instant" });
};

// A click on a place lights up its words; one on a mark in the note, the row that it decides.
export const showWords = (event) => {
  const link = event.target.closest("a[href^='#']");
  if (!link) return;
  const target = document.getElementById(link.getAttribute("href").slice(1));
  if (!target) return;
  event.preventDefault();
  const closed = target.closest("details:not([open])");
  if (closed) closed.open = true;
  light(target);
  target.focus({ preventScroll: true });
};
