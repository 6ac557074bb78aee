/**
 * The signed-in devices, each with its last use and the way out.
 *
 * @module
 */
import type { AccessShown, DeviceShown } from "./access_calls.ts";
import { ConfirmButton } from "../shared/ConfirmButton.tsx";
import { deviceName } from "./device_name.ts";
import { usePanel } from "./panel_state.ts";

/** See the module. */
export function AccessDevices(
  { shown, onEnd }: {
    shown: AccessShown;
    onEnd: (path: string, words: string) => void;
  },
) {
  const texts = usePanel().texts.value.access;
  const { signIns, keys, self } = shown;
  const roleOf = ({ role, keyId }: DeviceShown) =>
    role ?? keys.find(({ id }) => id === keyId)?.role ?? "host";
  return (
    <section aria-label={texts.devices}>
      <h4>{texts.devices}</h4>
      {signIns.length === 0 && <p class="note">{texts.noDevices}</p>}
      <ul class="access-list">
        {signIns.map((each) => (
          <li key={each.id}>
            <div>
              <b>{deviceName(each.device)}</b>
              {each.id === self && ` · ${texts.thisDevice}`}
              <p class="note">
                {each.account?.[0] ?? texts.roles[roleOf(each)]} ·{" "}
                {each.usedAt === null
                  ? texts.neverUsed
                  : texts.usedAt(each.usedAt)}
              </p>
            </div>
            <ConfirmButton
              label={texts.signOutOne}
              confirm={texts.signOutSure}
              onConfirm={() =>
                onEnd(`/api/signins/${each.id}`, texts.signedOut)}
            />
          </li>
        ))}
      </ul>
      {signIns.some(({ id }) => id !== self) && (
        <ConfirmButton
          label={texts.signOutAll}
          confirm={texts.signOutAllSure}
          onConfirm={() => onEnd("/api/signins", texts.signedOut)}
        />
      )}
    </section>
  );
}
