// What can be done with a moment, where it stands in the list.

import { IconArrowBackUp, IconArrowsDiff, IconFileDiff, IconSend } from "@tabler/icons-react";
import type { RestoreOnly, RevisionId, RevisionSummary } from "../../ipc";
import { navigate } from "../../lib/route";
import { MenuAbout, MenuAction, MenuAt, MenuSeparator, type Point } from "../../ui/Menu";
import { titleOf } from "./moments";
import { strings } from "./strings";
import { useRestore } from "./use-restore";

export type AskedMoment = { moment: RevisionSummary; at: Point };

type MomentMenuProps = {
  id: string;
  step: string | null;
  moments: readonly RevisionSummary[];
  /** The moment that was looked at before the menu was asked for. */
  chosen: RevisionSummary | null;
  asked: AskedMoment;
  onClose: () => void;
};

export function MomentMenu({ id, step, moments, chosen, asked: { moment, at }, onClose }: MomentMenuProps) {
  const restore = useRestore();
  const before = moments[moments.indexOf(moment) + 1];
  const compare = (other?: RevisionId) => () =>
    navigate({ screen: "history", id, step, revision: moment.id, ...(other ? { other } : {}) }, "replace");
  const other = chosen && chosen.id !== moment.id ? chosen : null;
  const rollBack = () => navigate({ screen: "publish", id, aim: { revision: moment.id } });
  const bring = () => void restore({ walkthrough: id, revision: moment.id, part: { part: "all" } });
  const bringOnly = (only: RestoreOnly) =>
    void restore({ walkthrough: id, revision: moment.id, part: { part: "only", only, step } });
  return (
    <MenuAt at={at} label={titleOf(moment)} onClose={onClose}>
      <MenuAbout>{strings.revision(moment.number, titleOf(moment))}</MenuAbout>
      <MenuAction icon={IconFileDiff} action={{ id: "draft", label: strings.compareDraft, run: compare() }} />
      <MenuAction
        icon={IconArrowsDiff}
        action={{
          id: "before",
          label: strings.compareBefore,
          isEnabled: before !== undefined,
          run: compare(before?.id),
        }}
      />
      {other && (
        <MenuAction
          icon={IconArrowsDiff}
          action={{ id: "other", label: strings.compareChosen(titleOf(other)), run: compare(other.id) }}
        />
      )}
      <MenuSeparator />
      <MenuAction icon={IconArrowBackUp} action={{ id: "restore", label: strings.restoreAll, run: bring }} />
      {(["title", "links", "quiz", "sections"] as const).map((only) => (
        <MenuAction
          key={only}
          icon={IconArrowBackUp}
          action={{ id: `only-${only}`, label: strings.restoreOnly[only], run: () => bringOnly(only) }}
        />
      ))}
      <MenuAction icon={IconSend} action={{ id: "roll-back", label: strings.rollBack, run: rollBack }} />
    </MenuAt>
  );
}
