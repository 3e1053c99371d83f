import nock from 'nock';

// To load nock is enough to change the HTTP of this process, which the next test file may share. Outside of tests nobody comes next.
(globalThis as { afterAll?: (work: () => void) => void }).afterAll?.(() => nock.restore());
