/**
 * Signs this device out, where it is signed in: the machine itself is not.
 *
 * @module
 */
import { ConfirmButton } from "../shared/ConfirmButton.tsx";
import { usePanel } from "./panel_state.ts";
import { problemOf } from "../shared/send_command.ts";
import { goToSignIn } from "./use_sign_in.ts";

/** See the module. */
export function SignOut() {
  const panel = usePanel();
  const { signOut, signOutSure } = panel.texts.value.access;

  async function leave() {
    const response = await fetch("/signout", { method: "POST" })
      .catch(() => null); // said just below
    if (!response) return panel.sayProblem({ kind: "network" });
    // Somebody else may have signed this device out already.
    if (response.ok || response.status === 401) return goToSignIn();
    panel.sayProblem(await problemOf(response));
  }

  return (
    <ConfirmButton label={signOut} confirm={signOutSure} onConfirm={leave} />
  );
}
