// Applies the appearance that a reader once chose, before anything is painted. Never loaded on sensitive pages.
(function () {
  "use strict";
  try {
    var choice = localStorage["guidepost-appearance"];
    if (choice === "light" || choice === "dark") document.documentElement.dataset.theme = choice;
  } catch (_) {
    // Storage may be switched off: the device's own setting holds.
  }
})();
