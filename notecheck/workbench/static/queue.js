// The queue by keyboard: j and k walk, Enter opens, n claims the next, / goes to the filters.
const links = [...document.querySelectorAll("#items tbody a")];
let at = -1;

const go = (step) => {
  if (!links.length) return;
  links[at]?.closest("tr").removeAttribute("aria-selected");
  at = Math.min(links.length - 1, Math.max(0, at + step));
  links[at].closest("tr").setAttribute("aria-selected", "true");
  links[at].focus();
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, select, textarea")) return;
  if (event.key === "j") go(1);
  else if (event.key === "k") go(-1);
  else if (event.key === "/") document.querySelector(".filters select").focus();
  else {
    const button = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (!button) return;
    button.click();
  }
  event.preventDefault();
});
