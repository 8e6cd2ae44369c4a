// Results while one types. Without this file the form is sent as any other.

const form = document.querySelector("form[data-search]");
const results = document.getElementById(form.dataset.search);
const field = form.elements.q;
const WAIT = 250;
let waiting;
let asked;

async function find() {
  const address = new URL(form.action);
  for (const [name, value] of new FormData(form)) if (value) address.searchParams.append(name, value);
  if (String(address) === asked) return;
  asked = String(address);
  const answer = await fetch(address);
  if (!answer.ok || asked !== String(address)) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const found = page.getElementById(results.id);
  if (!found || asked !== String(address)) return;
  results.replaceChildren(...document.importNode(found, true).childNodes);
  document.title = page.title;
  history.replaceState(null, "", address);
}

function soon() {
  clearTimeout(waiting);
  waiting = setTimeout(() => find().catch(() => {}), WAIT);
}

field.addEventListener("input", soon);
form.addEventListener("change", soon);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(waiting);
  asked = undefined;
  find().catch(() => form.submit());
});
