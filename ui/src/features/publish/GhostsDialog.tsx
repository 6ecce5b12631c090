import { useQuery } from "@tanstack/react-query";
import { asWaymarkError, commands } from "../../ipc";
import { Button } from "../../ui/Button";
import { Dialog, DialogActions } from "../../ui/Dialog";
import { Failure } from "../../ui/Notice";
import { tell, tellError } from "../../ui/tell";
import { ghostStrings as strings } from "./aim-strings";

type GhostsDialogProps = { walkthrough: string; connection: string; onClose: () => void };

/** Shows which removed steps learners have completed, and takes them out. */
export function GhostsDialog({ walkthrough, connection, onClose }: GhostsDialogProps) {
  const query = useQuery({
    queryKey: ["plan", "ghosts", walkthrough, connection],
    queryFn: () => commands.planGhosts({ walkthrough, connection }),
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });
  const plan = query.isFetching ? undefined : query.data;
  const clean = async () => {
    if (!plan) return;
    try {
      const { learners } = await commands.cleanGhosts({ plan: { walkthrough, connection }, digest: plan.digest });
      tell(strings.done(learners));
      onClose();
    } catch (error) {
      tellError(asWaymarkError(error));
      await query.refetch();
    }
  };
  return (
    <Dialog title={strings.title} about={strings.about} onClose={onClose}>
      {query.isError && <Failure error={asWaymarkError(query.error)} onRetry={() => void query.refetch()} />}
      {!plan && !query.isError && <p role="status">{strings.looking}</p>}
      {plan && <p>{plan.ghosts.length === 0 ? strings.nothing : strings.found(plan.ghosts.length, plan.learners)}</p>}
      {plan && plan.ghosts.length > 0 && (
        <ul>
          {plan.ghosts.map(({ step, learners }) => (
            <li key={step}>{strings.ghost(step, learners)}</li>
          ))}
        </ul>
      )}
      <DialogActions>
        <Button variant="quiet" onClick={onClose}>
          {strings.close}
        </Button>
        <Button variant="danger" disabled={!plan || plan.ghosts.length === 0} onClick={() => void clean()}>
          {strings.clean}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
