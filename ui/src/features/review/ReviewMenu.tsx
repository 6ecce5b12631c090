// What is done with the review as a whole, and not often: reports in, bundles out, the name.

import { IconDots, IconFileExport, IconFileImport, IconUser } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { asWaymarkError, commands, dialogs, reviewKeys, useOpenPart } from "../../ipc";
import { fileName } from "../../lib/file-name";
import { flushAll } from "../../lib/unsaved";
import { IconButton } from "../../ui/Button";
import { Menu, MenuAction } from "../../ui/Menu";
import { tell, tellError } from "../../ui/tell";
import { strings } from "./strings";
import { naming, type ReviewPart } from "./use-review";

export function ReviewMenu({ part }: { part: ReviewPart }) {
  const { walkthrough } = useOpenPart();
  const client = useQueryClient();
  const attempt = (run: () => Promise<void>) =>
    void run().catch((thrown: unknown) => tellError(asWaymarkError(thrown)));
  const importAudit = async () => {
    const path = await dialogs.openReport();
    if (path === null) return;
    const { added, findings, unplaced } = await commands.importAudit({ walkthrough: part.id, path });
    await client.invalidateQueries({ queryKey: reviewKeys.review(part.id) });
    tell([strings.imported(added, findings), unplaced > 0 ? strings.unplaced(unplaced) : ""].filter(Boolean).join(" "));
  };
  const exportBundle = async () => {
    await flushAll();
    const path = await dialogs.saveFile(`${fileName(walkthrough.title)}.waymark`);
    if (path === null) return;
    await commands.exportBundle({ id: part.id, path });
    tell(strings.exported(path));
  };
  const rename = () => naming.write({ run: () => undefined });
  const name = part.author?.name ?? "";
  return (
    <Menu trigger={<IconButton label={strings.more} icon={IconDots} />}>
      <MenuAction
        icon={IconFileImport}
        action={{ id: "import-audit", label: strings.importAudit, run: () => attempt(importAudit) }}
      />
      <MenuAction
        icon={IconFileExport}
        action={{ id: "export-bundle", label: strings.exportBundle, run: () => attempt(exportBundle) }}
      />
      <MenuAction icon={IconUser} action={{ id: "review-name", label: strings.changeName(name), run: rename }} />
    </Menu>
  );
}
