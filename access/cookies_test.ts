import { strictEqual } from "node:assert";
import { cookieOf, setCookie } from "./cookies.ts";

Deno.test("cookieOf() gives one cookie of several, by its whole name", () => {
  const headers = new Headers({ cookie: "a=1; my_a=2;b = x=y ; c" });
  strictEqual(cookieOf(headers, "a"), "1");
  strictEqual(cookieOf(headers, "b"), "x=y");
  strictEqual(cookieOf(headers, "c"), null);
  strictEqual(cookieOf(new Headers(), "a"), null);
});

Deno.test("setCookie() keeps a cookie from scripts, and from plain HTTP", () => {
  const rest = { path: "/", sameSite: "Lax", maxAge: 60 } as const;
  strictEqual(
    setCookie("a", "1", { ...rest, secure: true }),
    "a=1; Path=/; HttpOnly; SameSite=Lax; Max-Age=60; Secure",
  );
  strictEqual(
    setCookie("a", "1", { ...rest, secure: false }),
    "a=1; Path=/; HttpOnly; SameSite=Lax; Max-Age=60",
  );
});
