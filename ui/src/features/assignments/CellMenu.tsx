import type { ArrangeWish, MatrixCell, MatrixServer } from "../../ipc";
import { MenuAction, MenuAt, MenuSeparator, type Point } from "../../ui/Menu";
import { moveBy } from "./rows";
import { strings } from "./strings";

type CellMenuProps = {
  at: Point;
  id: string;
  server: MatrixServer;
  cell: MatrixCell | undefined;
  onWish: (wish: ArrangeWish) => void;
  onClose: () => void;
};

/** What can be done with a walkthrough on a server. */
export function CellMenu({ at, id, server, cell, onWish, onClose }: CellMenuProps) {
  const offer = cell?.draft ?? null;
  const far = server.order.length;
  const move = (label: string, by: number) => {
    const before = moveBy(server, id, by);
    return (
      <MenuAction
        action={{
          id: label,
          label,
          isEnabled: before !== undefined,
          run: () => before !== undefined && onWish({ move_before: before }),
        }}
      />
    );
  };
  const wish = (label: string, wish: ArrangeWish) => (
    <MenuAction action={{ id: label, label, run: () => onWish(wish) }} />
  );
  return (
    <MenuAt at={at} label={server.name} onClose={onClose}>
      {offer ? (
        <>
          {offer.is_enabled ? wish(strings.disable, "disable") : wish(strings.enable, "enable")}
          {wish(strings.unassign, "unassign")}
          <MenuSeparator />
          {move(strings.first, -far)}
          {move(strings.up, -1)}
          {move(strings.down, 1)}
          {move(strings.last, far)}
        </>
      ) : (
        wish(strings.assign, "assign")
      )}
    </MenuAt>
  );
}
