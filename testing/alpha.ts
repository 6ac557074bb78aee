/**
 * How much of what lies behind a page shows through it.
 *
 * @module
 */
import type { Page } from "playwright-core";

/** Alpha, 0–255, at points of a screenshot without a ground. */
export async function alphaOf(page: Page, points: [number, number][]) {
  const png = await page.screenshot({ omitBackground: true });
  const reader = await page.context().newPage();
  const alphas: number[] = await reader.evaluate(
    async ([url, at]) => {
      const image = new Image();
      image.src = url;
      await image.decode();
      const canvas = document.createElement("canvas");
      canvas.width = image.width;
      canvas.height = image.height;
      const paint = canvas.getContext("2d");
      paint?.drawImage(image, 0, 0);
      return at.map(([x, y]) => paint?.getImageData(x, y, 1, 1).data[3] ?? -1);
    },
    [`data:image/png;base64,${png.toString("base64")}`, points] as const,
  );
  await reader.close();
  return alphas;
}
