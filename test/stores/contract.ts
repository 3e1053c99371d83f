import { botStorageContract } from './contract/bot-storage.ts';
import type { Engine } from './contract/engine.ts';
import { expiryContract } from './contract/expiry.ts';
import { feedContract } from './contract/feeds.ts';
import { jobContract } from './contract/jobs.ts';
import { keptContract } from './contract/kept.ts';
import { lockContract } from './contract/locks.ts';
import { newsContract } from './contract/news.ts';
import { outcomeContract } from './contract/outcomes.ts';
import { stateContract } from './contract/states.ts';

/** The contract of the store: the same for every engine. */
export function storeContract(engine: Engine): void {
  describe('feeds', () => feedContract(engine));
  describe('values', () => stateContract(engine));
  describe('jobs', () => jobContract(engine));
  describe('the end of a job', () => outcomeContract(engine));
  describe('locks', () => lockContract(engine));
  describe('news', () => newsContract(engine));
  describe('expiry', () => expiryContract(engine));
  describe('what is kept for long', () => keptContract(engine));
  describe("the SDK's storage contract", () => botStorageContract(engine));
}
