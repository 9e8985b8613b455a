/** Forty look-fors as Enketo shows them; each answer is kept with strict durability, which is more than it does by itself. */

import { Form } from "enketo-core";

const NUMBERS = Array.from({ length: 40 }, (_, i) => i + 1);
const MARKS = { seen: "Seen", not_seen: "Not seen", no_chance: "No chance to see", not_applicable: "Not applicable" };

const option = (number) => ([value, words]) =>
  `<label><input type="radio" name="/data/l${number}" data-name="/data/l${number}" value="${value}" data-type-xml="select1"><span lang="" class="option-label active">${words}</span></label>`;
const question = (number) =>
  `<fieldset class="question simple-select"><fieldset><legend><span lang="" class="question-label active">Students do the thing that look-for ${number} describes</span></legend><div class="option-wrapper">${Object.entries(MARKS).map(option(number)).join("")}</div></fieldset></fieldset>`;

const open = new Promise((resolve, reject) => {
  const request = indexedDB.open("enketo", 1);
  request.onupgradeneeded = () => request.result.createObjectStore("records");
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

const base = await open;
document.querySelector("#here").innerHTML = `<form autocomplete="off" novalidate class="or clearfix" dir="ltr" data-form-id="walk"><h3 dir="auto" id="form-title">Walk</h3>${NUMBERS.map(question).join("")}</form>`;
const modelStr = `<model><instance><data id="walk">${NUMBERS.map((number) => `<l${number}/>`).join("")}<meta><instanceID/></meta></data></instance></model>`;
const form = new Form(document.querySelector("form.or"), { modelStr }, {});
form.init();
form.model.events.addEventListener("dataupdate", () => {
  base.transaction("records", "readwrite", { durability: "strict" }).objectStore("records").put(form.getDataStr(), "walk");
});
