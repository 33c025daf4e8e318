// Files to be sent with a message: chosen by a button or dropped onto the box, shown as a list, each may be taken off again.

import { h, icon } from "./dom.js";
import { fileSize } from "./format.js";

const read = (file) =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve({ name: file.name, content: reader.result.slice(reader.result.indexOf(",") + 1) });
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });

export class Attachments {
  constructor(onChange) {
    this.onChange = onChange;
    this.files = [];
    const pick = (event) => {
      this.add(event.currentTarget.files);
      event.currentTarget.value = "";
    };
    this.input = h("input", { type: "file", multiple: true, hidden: true, "aria-label": "Files to attach", on: { change: pick } });
    this.button = h("button", { type: "button", class: "icon-button quiet", "aria-label": "Attach files", title: "Attach files", on: { click: () => this.input.click() } }, icon("file"));
    this.list = h("ul", { class: "attached", "aria-label": "Attached files", hidden: true });
  }

  /** Lets files be dropped onto `node`. */
  listen(node) {
    const carries = (event) => event.dataTransfer?.types.includes("Files");
    node.addEventListener("dragover", (event) => carries(event) && event.preventDefault());
    node.addEventListener("drop", (event) => {
      if (!carries(event)) return;
      event.preventDefault();
      this.add(event.dataTransfer.files);
    });
  }

  add(files) {
    this.set([...this.files, ...files]);
  }

  set(files) {
    this.files = files;
    this.list.hidden = !files.length;
    this.list.replaceChildren(...files.map((file, index) => this.entry(file, index)));
    this.onChange();
  }

  entry(file, index) {
    const off = () => {
      this.set(this.files.filter((_, place) => place !== index));
      this.button.focus();
    };
    const remove = h("button", { type: "button", class: "icon-button quiet", "aria-label": `Remove ${file.name}`, on: { click: off } }, icon("close"));
    return h("li", null, icon("file"), h("span", { class: "attached-name", dir: "auto" }, file.name), h("small", null, fileSize(file.size)), remove);
  }

  /** [{name, content (base64)}]. Throws DOMException if one can't be read any more. */
  contents() {
    return Promise.all(this.files.map(read));
  }
}
