/** What a process that is killed in the middle of its calls is told, says and leaves behind. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { RunSnapshot } from '../../../shared/model.ts';
import type { CallJournal, JournalledCall } from '../../../server/src/engine/ports.ts';

export interface KilledCalls {
  readonly folder: string;
  /** Of the run the calls belong to; given, because a process that imports little starts soon. */
  readonly snapshot: RunSnapshot;
  /** How many calls are in flight at once. */
  readonly sideBySide: number;
}

/** `begins` and `appends` are said before the journal is asked, `began` and `finished` when it has answered. */
export type CallEvent = 'begins' | 'began' | 'appends' | 'finished';

/** What a call of this process is written as. */
export function callOf(call: string): JournalledCall {
  return {
    call, outcome: JSON.stringify({ of: call, words: 'words '.repeat(Number(call) % 40) }), costUsd: 0.001, attempts: 1, finishedAt: Number(call),
    usage: { tokensIn: Number(call), tokensOut: 2, tokensCached: 0, estimated: false },
  };
}

const KILLED_CALLS = join(import.meta.dirname, 'killedCalls.ts');

/** Starts the process, kills it when it has said so many things, and gives all it has said. */
export function killAfter(events: number, parameters: KilledCalls): Promise<Readonly<Record<CallEvent, readonly string[]>>> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [KILLED_CALLS, JSON.stringify(parameters)], { stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '';
    let lines = 0;
    let err = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
      lines += text.split('\n').length - 1;
      if (lines >= events) child.kill('SIGKILL');
    });
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (signal !== 'SIGKILL' || err !== '') {
        reject(new Error(`ended with ${code ?? signal}: ${err}`));
        return;
      }
      const said = out.split('\n').slice(0, -1).map((line) => line.split(' ') as [CallEvent, string]);
      const of = (event: CallEvent): readonly string[] => said.filter(([what]) => what === event).map(([, call]) => call);
      resolve({ begins: of('begins'), began: of('began'), appends: of('appends'), finished: of('finished') });
    });
  });
}

/** What is wrong with the journal of a killed process, or nothing. */
export function faultsOf(
  said: Readonly<Record<CallEvent, readonly string[]>>, loaded: Extract<Awaited<ReturnType<CallJournal['load']>>, { ok: true }>['value'], sideBySide: number,
): readonly string[] {
  const there = new Set(loaded.finished.map(({ call }) => call));
  const lost = said.finished.filter((call) => !there.has(call));
  const inOrder = said.appends.slice(0, there.size).every((call) => there.has(call));
  const changed = loaded.finished.filter((one) => !isDeepStrictEqual(one, callOf(one.call)));
  const least = said.began.filter((call) => !there.has(call)).length;
  const most = said.begins.filter((call) => !there.has(call)).length;
  return [
    ...(lost.length > 0 ? [`lost though it was said to be finished: ${lost.join(', ')}`] : []),
    ...(inOrder ? [] : ['what is there is not the beginning of what was written']),
    ...(changed.length > 0 ? [`not as it was written: ${changed.map(({ call }) => call).join(', ')}`] : []),
    ...(loaded.unfinished >= least && loaded.unfinished <= most && loaded.unfinished <= sideBySide
      ? [] : [`${loaded.unfinished} said to be in flight; between ${least} and ${most} were, ${sideBySide} at most`]),
  ];
}
