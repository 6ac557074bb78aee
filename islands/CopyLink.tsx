/**
 * A link to copy, on pages that are otherwise made by the server.
 *
 * @module
 */
import { CopyField } from "@/components/shared/CopyField.tsx";

/** See the module. */
export default function CopyLink(props: Parameters<typeof CopyField>[0]) {
  return <CopyField {...props} />;
}
