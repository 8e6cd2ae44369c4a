// The front-page tool without reloading, and with the mouse. Without this file every button is a
// plain form, and the preview shows what was public when the page was opened.

const tool = document.querySelector("[data-front-tool]");
const status = document.querySelector("[data-front-status]");
const preview = document.querySelector("[data-front-preview]");
const frame = document.querySelector("[data-front-frame]");
const SEARCH_AFTER = 250;

let busy = false;

function say(text) {
  status.textContent = text;
}

// Out: the tool as it is now, as the server wrote it.
async function ask(address, options = {}) {
  const headers = { "X-Requested-With": "XMLHttpRequest" };
  const answer = await fetch(address, { ...options, headers });
  const isTool = answer.headers.get("content-type")?.startsWith("text/html");
  if (answer.redirected || answer.status === 404) location.reload();
  if (!isTool || answer.status >= 500) throw new Error(`${answer.status} for ${address}`);
  return answer.text();
}

function enabled(selector) {
  return tool.querySelector(`${selector}:enabled`);
}

// Whoever presses a key finds the same button, or one beside it.
function focusAgain(key) {
  if (!key) return;
  const [verb, story] = key.split("-");
  const beside = verb === "put" ? `[data-front-key^="put-${story}-"]` : `.front-place [data-front-key$="-${story}"]`;
  const button =
    enabled(`[data-front-key="${key}"]`) ??
    enabled(beside) ??
    enabled('[data-front-key="undo"]') ??
    enabled("#front-q");
  button?.focus({ preventScroll: true });
}

function reloadPreview() {
  const page = preview?.contentWindow?.location;
  if (page && page.href !== "about:blank") page.reload();
}

async function act(data, key) {
  if (busy) return;
  busy = true;
  tool.setAttribute("aria-busy", "true");
  try {
    tool.innerHTML = await ask(location.pathname, { method: "POST", body: data });
    reloadPreview();
    say(tool.querySelector("[data-front-said]").dataset.frontSaid);
    focusAgain(key);
  } catch {
    say("");
    say(status.dataset.failed);
  } finally {
    busy = false;
    tool.removeAttribute("aria-busy");
  }
}

async function search(text) {
  const address = text.trim() ? `?q=${encodeURIComponent(text)}` : location.pathname;
  const html = await ask(address);
  const field = document.getElementById("front-q");
  const typed = field.value;
  if (typed !== text || busy) return;
  const had = document.activeElement === field;
  tool.innerHTML = html;
  history.replaceState(null, "", address);
  say(tool.querySelector("[data-front-found]").dataset.frontFound);
  const again = document.getElementById("front-q");
  again.value = typed;
  if (had) {
    again.focus({ preventScroll: true });
    again.setSelectionRange(typed.length, typed.length);
  }
}

tool.addEventListener("submit", (event) => {
  event.preventDefault();
  if (event.target.matches("[data-front-search]")) {
    search(document.getElementById("front-q").value).catch(() => say(status.dataset.failed));
  } else {
    act(new FormData(event.target, event.submitter), event.submitter?.dataset.frontKey);
  }
});

let timer;
tool.addEventListener("input", (event) => {
  if (event.target.id !== "front-q") return;
  clearTimeout(timer);
  const text = event.target.value;
  timer = setTimeout(() => search(text).catch(() => say(status.dataset.failed)), SEARCH_AFTER);
});

// Dragging: a story onto a place.

let dragged = null;

function placeUnder(event) {
  return dragged && event.target.closest?.("[data-front-place]");
}

function mark(place) {
  for (const other of tool.querySelectorAll("[data-front-over]")) delete other.dataset.frontOver;
  if (place) place.dataset.frontOver = "";
}

tool.addEventListener("dragstart", (event) => {
  const story = event.target.closest?.("[data-front-story]");
  if (!story) return;
  dragged = story.dataset.frontStory;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", story.querySelector(".front-headline").textContent);
});

tool.addEventListener("dragover", (event) => {
  const place = placeUnder(event);
  mark(place);
  if (!place) return;
  event.preventDefault();
  event.dataTransfer.dropEffect = "move";
});

tool.addEventListener("drop", (event) => {
  const place = placeUnder(event);
  if (!place) return;
  event.preventDefault();
  const data = new FormData(tool.querySelector(".front-history"));
  data.set("do", "put");
  data.set("story", dragged);
  data.set("place", place.dataset.frontPlace);
  act(data);
});

tool.addEventListener("dragend", () => {
  dragged = null;
  mark(null);
});

// Readers see no user bar.
preview?.addEventListener("load", () => {
  preview.contentDocument?.querySelector("wagtail-userbar")?.remove();
});

// The preview as on a phone, or as wide as there is room.

for (const button of document.querySelectorAll("[data-front-width]")) {
  button.addEventListener("click", () => {
    frame.dataset.frontFrame = button.dataset.frontWidth;
    for (const other of document.querySelectorAll("[data-front-width]")) {
      other.setAttribute("aria-pressed", String(other === button));
    }
  });
}
