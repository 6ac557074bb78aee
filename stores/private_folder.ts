/**
 * A data folder of one's own: it holds passwords and what people wrote, so
 * nobody else on the machine may look in. On Windows nothing is changed: there
 * a folder has the rights of the one around it, and the user's are their own.
 *
 * @module
 */

/** Rights of the group and of everybody else. */
const OF_OTHERS = 0o077;
/** Set on a folder that is for everybody, such as `/tmp`. */
const STICKY = 0o1000;

/**
 * Makes a folder where it is missing, and takes the rights of others from it
 * and from all that lies in it; also from one that was made before.
 *
 * @returns What others still may open; empty where nothing is.
 */
export async function closeFolder(path: string): Promise<string[]> {
  await Deno.mkdir(path, { recursive: true, mode: 0o700 });
  return Deno.build.os === "windows" ? [] : await close(path);
}

async function close(folder: string): Promise<string[]> {
  if (((await Deno.stat(folder)).mode! & STICKY) !== 0) return [folder];
  const open: string[] = [];
  for await (const { name, isDirectory, isFile } of Deno.readDir(folder)) {
    const path = `${folder}/${name}`;
    if (isFile && !await takeRights(path)) open.push(path);
    // What lies in a folder is closed before the folder is.
    if (isDirectory && !await isClosed(path)) open.push(...await close(path));
  }
  if (!await takeRights(folder)) open.push(folder);
  return open;
}

async function isClosed(path: string): Promise<boolean> {
  return ((await Deno.stat(path)).mode! & OF_OTHERS) === 0;
}

/** False where it is somebody else's, or the disk knows no such rights. */
async function takeRights(path: string): Promise<boolean> {
  try {
    if (await isClosed(path)) return true;
    const { mode } = await Deno.stat(path);
    await Deno.chmod(path, mode! & 0o7777 & ~OF_OTHERS);
    return await isClosed(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return true; // gone meanwhile
    if (error instanceof Deno.errors.PermissionDenied) return false;
    if (error instanceof Deno.errors.NotSupported) return false;
    throw error;
  }
}
