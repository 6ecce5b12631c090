import { type Icon, IconBolt, IconDownload, IconPlugConnected, IconSchool, IconStethoscope } from "@tabler/icons-react";
import type { Kind } from "../lib/kinds";

export const kindIcons: Record<Kind, Icon> = {
  quickstart: IconBolt,
  installer: IconDownload,
  troubleshooting: IconStethoscope,
  integration: IconPlugConnected,
  course: IconSchool,
};

export function KindIcon({ kind, size = 16 }: { kind: Kind; size?: number }) {
  const Mark = kindIcons[kind];
  return <Mark size={size} stroke={1.75} aria-hidden />;
}
