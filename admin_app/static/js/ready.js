// A form opens ready to type: the first box has the focus, unless a fault has it, somebody was quicker, or a finger would
// bring up a keyboard.
const free = [null, document.body].includes(document.activeElement);
if (free && matchMedia("(pointer: fine)").matches && !document.querySelector("[data-focus-first], [data-faulty], .clash")) {
  document.querySelector(".form-page form[data-unsaved] .field :is(input:not([type=hidden]), select, textarea)")?.focus();
}
