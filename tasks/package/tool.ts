/**
 * Programs of the system that packaging needs.
 *
 * @module
 */

/** What a program is given. */
interface Given {
  /** What it reads from its standard input. */
  input?: Uint8Array<ArrayBuffer>;
  cwd?: string | URL;
}

/**
 * Runs a program and gives what it wrote to its standard output.
 *
 * @param hint How to get the program where there is none.
 * @throws {Error} `Cannot run <program>: …`, if it is not there or failed.
 */
export async function run(
  program: string,
  args: string[],
  hint: string,
  { input, cwd }: Given = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const command = new Deno.Command(program, {
    args,
    ...(cwd && { cwd }),
    env: { NO_COLOR: "1" },
    stdin: input ? "piped" : "null",
    stdout: "piped",
    stderr: "piped",
  });
  const child = spawn(command, program, hint);
  const [output, fed] = await Promise.all([
    child.output(),
    input ? feed(child, input) : null,
  ]);
  if (!output.success) {
    const said = new TextDecoder().decode(output.stderr).trim();
    throw new Error(
      `Cannot run ${program} ${args[0]}: it ended with ${output.code}. ${said}`,
    );
  }
  if (fed) throw new Error(`Cannot run ${program}: ${fed.message}`);
  return output.stdout;
}

function spawn(command: Deno.Command, program: string, hint: string) {
  try {
    return command.spawn();
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new Error(`Cannot run ${program}: it is not there. ${hint}`, {
      cause: error,
    });
  }
}

/** Writes to a program; the error where it hears no more. */
async function feed(
  child: Deno.ChildProcess,
  input: Uint8Array<ArrayBuffer>,
): Promise<Error | null> {
  try {
    await new Blob([input]).stream().pipeTo(child.stdin);
    return null;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
