export async function playLine(_plan: unknown): Promise<never> {
  throw new Error("x");
}
