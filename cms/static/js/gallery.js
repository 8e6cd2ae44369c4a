// A gallery's pictures one by one, as large as the window. Without this file they stand below each
// other, as large as the text is wide.

function button(label, sign, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.ariaLabel = label;
  made.textContent = sign;
  made.addEventListener("click", act);
  return made;
}

function open(gallery) {
  const { previous, next, close, count } = gallery.dataset;
  const figures = [...gallery.querySelectorAll("figure")];
  const viewer = document.createElement("dialog");
  viewer.className = "viewer";
  viewer.setAttribute("aria-label", gallery.getAttribute("aria-label"));
  const stage = document.createElement("div");
  const place = document.createElement("p");
  place.setAttribute("role", "status");
  let shown = 0;

  function show(number) {
    shown = (number + figures.length) % figures.length;
    const figure = figures[shown].cloneNode(true);
    for (const source of figure.querySelectorAll("[sizes]")) source.sizes = "100vw";
    figure.querySelector(".enlarge")?.replaceWith(...figure.querySelector(".enlarge").childNodes);
    stage.replaceChildren(figure);
    place.textContent = count.replace("{n}", shown + 1).replace("{of}", figures.length);
  }

  const bar = document.createElement("div");
  bar.className = "viewer-bar";
  bar.append(
    button(previous, "←", () => show(shown - 1)),
    place,
    button(next, "→", () => show(shown + 1)),
    button(close, "✕", () => viewer.close()),
  );
  viewer.append(stage, bar);
  viewer.addEventListener("keydown", (event) => {
    const forward = document.documentElement.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
    const back = forward === "ArrowRight" ? "ArrowLeft" : "ArrowRight";
    if (event.key === forward) show(shown + 1);
    if (event.key === back) show(shown - 1);
  });
  viewer.addEventListener("close", () => viewer.remove());
  document.body.append(viewer);
  return (number) => {
    show(number);
    viewer.showModal();
  };
}

for (const gallery of document.querySelectorAll(".gallery")) {
  const figures = [...gallery.querySelectorAll("figure")];
  figures.forEach((figure, number) => {
    const picture = figure.querySelector("picture, img");
    const enlarge = button(gallery.dataset.enlarge, "", () => open(gallery)(number));
    enlarge.className = "enlarge";
    picture.replaceWith(enlarge);
    enlarge.append(picture);
  });
}
