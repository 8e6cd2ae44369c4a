/* Keeps the board fresh while somebody looks at it. Without this it is a plain page. */

const EVERY = 5000;

const board = document.getElementById("board");
const said = document.querySelector("[data-board-status]");
const scroller = board.closest("main");
const lost = document.querySelector("[data-board-lost]");
let pulse = `"${board.dataset.pulse}"`;
let summary = summaryOf(board);

function summaryOf(element) {
  return element.querySelector("[data-board-summary]").textContent.trim();
}

/* Puts the new board in the place of the old one; focus and scroll stay where they were. */
function show(html) {
  const focused = board.contains(document.activeElement) ? document.activeElement.id : "";
  const { scrollTop } = scroller;
  board.innerHTML = html;
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  scroller.scrollTop = scrollTop;
  const news = summaryOf(board);
  if (news !== summary) said.textContent = news;
  summary = news;
}

async function look() {
  const answer = await fetch(board.dataset.address, {
    cache: "no-store",
    headers: { "If-None-Match": pulse, "X-Requested-With": "XMLHttpRequest" },
  });
  if (answer.status === 304) return;
  if (!answer.ok || answer.redirected) throw new Error(answer.statusText);
  const html = await answer.text();
  pulse = answer.headers.get("ETag");
  show(html);
}

async function again() {
  if (document.visibilityState === "visible") {
    try {
      await look();
      lost.hidden = true;
    } catch {
      lost.hidden = false;
    }
  }
  setTimeout(again, EVERY);
}

setTimeout(again, EVERY);
