// Light or dark as the reader chose, before the page is drawn. Without this file: as their machine.

const root = document.documentElement;
const machine = matchMedia("(prefers-color-scheme: dark)");

function kept() {
  try {
    return localStorage.getItem("theme");
  } catch {
    return null; // storage is switched off
  }
}

function keep(theme) {
  try {
    localStorage.setItem("theme", theme);
  } catch {
    // It holds for this page, then.
  }
}

const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : machine.matches);

if (kept()) root.dataset.theme = kept();

document.addEventListener("DOMContentLoaded", () => {
  const place = document.querySelector("[data-theme-switch]");
  const button = place?.querySelector("button");
  if (!button) return;
  const show = () => button.setAttribute("aria-pressed", String(isDark()));
  button.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    keep(root.dataset.theme);
    show();
  });
  machine.addEventListener("change", show);
  show();
  place.hidden = false;
});
