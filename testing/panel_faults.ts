/**
 * What no page of the panel may have, at any size.
 *
 * @module
 */
import type { Page } from "playwright-core";

/** Targets below 48 px, and whether the page scrolls sideways. */
export function faults(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const targets = "button, a.button, summary, input:not(label input)";
    for (const element of document.querySelectorAll(targets)) {
      const { width, height } = element.getBoundingClientRect();
      const isSeen = width > 0 && height > 0 &&
        getComputedStyle(element).visibility !== "hidden";
      // Half a pixel may be lost to rounding.
      if (isSeen && (width < 47.5 || height < 47.5)) {
        found.push(`${element.className} ${width}×${height}`);
      }
    }
    if (document.documentElement.scrollWidth > innerWidth) {
      found.push("the page is too wide");
    }
    return found;
  });
}
