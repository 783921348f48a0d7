import type {Diagnosis} from '../operations/care/diagnose.js';

/** What was found of each part of mem. */
export function doctorJson({findings, lastWeek}: Diagnosis): Record<string, unknown> {
  return {
    findings: findings.map(({part, message, status, cure}) => ({part, well: status === 0, message, cure: cure ?? null, status})),
    last_week: lastWeek === undefined ? null : {sessions: lastWeek.sessions, agents: lastWeek.agents, projects: lastWeek.projects},
  };
}
