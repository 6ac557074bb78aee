/**
 * Where the page begins: in the browser's language.
 *
 * @module
 */
import { render } from "preact";
import { verifyTextsOf } from "@/locales/verify.ts";
import { Verify } from "./Verify.tsx";

const language = /^th\b/.test(navigator.language) ? "th" : "en";
document.documentElement.lang = language;
document.title = verifyTextsOf(language).title;
render(<Verify language={language} />, document.body);
