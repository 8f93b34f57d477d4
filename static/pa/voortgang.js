/* "52 van 84 woningen" beside the field while you type, and the questions that a status needs.
   Without this file the sentence stands there after "Kijk eerst na", and the questions open by hand. */
(function () {
  "use strict";
  /* As web/forms.py reads numbers: 31, 1.250, 1 250 and 12,5. Anything else is no number yet. */
  var NUMBER = /^(\d+|[1-9]\d{0,2}(\.\d{3})+|[1-9]\d{0,2}( \d{3})+)(,\d+)?$/;
  var NEEDS_MEASURE = ["at_risk", "behind"];

  function read(id) {
    var field = document.getElementById(id);
    var text = field ? field.value.trim().replace(/\s+/g, " ") : "";
    return NUMBER.test(text) ? Number(text.replace(/[. ]/g, "").replace(",", ".")) : null;
  }
  function sentence(output) {
    var value = read(output.dataset.veld);
    if (output.dataset.noemer) {
      var below = read(output.dataset.noemer);
      value = value === null || !below ? null : Number((value / below).toFixed(Number(output.dataset.cijfers)));
    }
    if (value === null) return "";
    return output.dataset.stand.replace("{}", value.toLocaleString("nl-NL", { maximumFractionDigits: 3 }));
  }
  function update(root) {
    root.querySelectorAll("output[data-stand]").forEach(function (output) {
      var text = sentence(output);
      if (output.textContent !== text) output.textContent = text;
    });
  }
  document.addEventListener("input", function (event) {
    if (event.target.form) update(event.target.form);
  });
  document.addEventListener("change", function (event) {
    var row = event.target.closest("[data-opgave]");
    var extra = row && event.target.name.slice(-7) === "-status" ? row.querySelector("details") : null;
    if (extra && NEEDS_MEASURE.indexOf(event.target.value) >= 0) extra.open = true;
  });
  document.addEventListener("DOMContentLoaded", function () { update(document); });
  document.addEventListener("htmx:afterSettle", function () { update(document); });
})();
