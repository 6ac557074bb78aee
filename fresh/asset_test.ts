import { strictEqual } from "node:assert";
import { asset, assetSrcSet, setBuildId } from "./asset.ts";

function withBuildId(test: () => void): () => void {
  return () => {
    setBuildId("b1");
    try {
      test();
    } finally {
      setBuildId("");
    }
  };
}

Deno.test(
  "asset() names the build in addresses of this site only",
  withBuildId(() => {
    strictEqual(asset("/a.css"), "/a.css?__build=b1");
    strictEqual(asset("/a.css?x=1#y"), "/a.css?x=1&__build=b1#y");
    strictEqual(asset("/a?u=?#b#c"), "/a?u=?&__build=b1#b#c");
    strictEqual(asset("/a.css?__build=b0"), "/a.css?__build=b0");
    for (const other of ["a.css", "//host/a.css", "https://host/a.css", ""]) {
      strictEqual(asset(other), other);
    }
  }),
);

Deno.test("asset() gives the plain address when there is no build", () => {
  strictEqual(asset("/a.css"), "/a.css");
});

Deno.test(
  "assetSrcSet() names the build in every candidate",
  withBuildId(() => {
    strictEqual(
      assetSrcSet("/a.png, /b.png 2x"),
      "/a.png?__build=b1, /b.png?__build=b1 2x",
    );
    strictEqual(assetSrcSet("image-set(x)"), "image-set(x)");
  }),
);
