/** Forty look-fors as ODK Web Forms shows them; it keeps answers in memory until the form is sent. */

import { OdkWebForm, webFormsPlugin } from "@getodk/web-forms";
import { createApp } from "vue";

const NUMBERS = Array.from({ length: 40 }, (_, i) => i + 1);
const MARKS = { seen: "Seen", not_seen: "Not seen", no_chance: "No chance to see", not_applicable: "Not applicable" };

const each = (words) => NUMBERS.map(words).join("");
const items = Object.entries(MARKS).map(([value, words]) => `<item><label>${words}</label><value>${value}</value></item>`).join("");
const formXml = `<?xml version="1.0"?>
<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:jr="http://openrosa.org/javarosa" xmlns:orx="http://openrosa.org/xforms">
<h:head><h:title>Walk</h:title><model>
<instance><data id="walk">${each((number) => `<l${number}/>`)}<orx:meta><orx:instanceID/></orx:meta></data></instance>
${each((number) => `<bind nodeset="/data/l${number}" type="string"/>`)}
<bind nodeset="/data/orx:meta/orx:instanceID" type="string" readonly="true()" jr:preload="uid"/>
</model></h:head>
<h:body>${each((number) => `<select1 ref="/data/l${number}"><label>Students do the thing that look-for ${number} describes</label>${items}</select1>`)}</h:body>
</h:html>`;

const fetchFormAttachment = () => Promise.reject(new Error("This form has no attachments."));
createApp(OdkWebForm, { formXml, fetchFormAttachment }).use(webFormsPlugin).mount("#here");
