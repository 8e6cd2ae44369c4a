// A video or recording loads from elsewhere when a reader asks for it, and not before.
// Without this file the link leads there.

document.addEventListener("click", (event) => {
  const link = event.target.closest?.(".embed[data-player] a");
  if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  const box = link.parentElement;
  const frame = document.createElement("iframe");
  frame.src = box.dataset.player;
  frame.title = box.dataset.title;
  frame.allow = "autoplay; encrypted-media; fullscreen; picture-in-picture";
  frame.referrerPolicy = "strict-origin-when-cross-origin";
  box.replaceChildren(frame);
  frame.focus();
});
