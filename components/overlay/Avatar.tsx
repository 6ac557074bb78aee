/**
 * A viewer's picture, over the initials that stand in for it: a picture that
 * is late, missing or expired never leaves a hole.
 *
 * @module
 */
import { useState } from "preact/hooks";
import { colourOf, initialsOf } from "../shared/initials.ts";

/** Whose picture, and where it is. */
interface AvatarProps {
  viewerId: string;
  nickname: string;
  avatarUrl: string | null;
}

/** A round picture as large as its `.avatar` says. */
export function Avatar({ viewerId, nickname, avatarUrl }: AvatarProps) {
  const [broken, setBroken] = useState<string | null>(null);
  return (
    <span class="avatar" style={{ backgroundColor: colourOf(viewerId) }}>
      <span class="avatar-initials">{initialsOf(nickname)}</span>
      {avatarUrl && avatarUrl !== broken && (
        <img
          key={avatarUrl}
          src={avatarUrl}
          alt=""
          decoding="async"
          onError={() => setBroken(avatarUrl)}
        />
      )}
    </span>
  );
}
