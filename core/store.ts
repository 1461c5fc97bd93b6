import type { Connection } from 'mongoose';
import { alertStore } from './alerts/alert-store.ts';
import { appointmentStore } from './appointments/appointment-store.ts';
import { glassStore } from './break-glass/glass-store.ts';
import { caseStore } from './cases/case-store.ts';
import { conversationStore } from './conversations/conversation-store.ts';
import { answerStore } from './delivery/answer-store.ts';
import { gateStore } from './delivery/gate-store.ts';
import { mailboxStore } from './delivery/mailbox-store.ts';
import { outboxStore } from './delivery/outbox-store.ts';
import { probeStore } from './delivery/probe-store.ts';
import { timerStore } from './delivery/timer-store.ts';
import { absenceStore, dutyStore } from './duty/duty-store.ts';
import { testRingStore } from './duty/test-ring-store.ts';
import { feedbackStore, returnAddressStore } from './feedback/feedback-store.ts';
import { filePartStore, fileStore } from './files/file-store.ts';
import { invitationStore } from './invitations/invitation-store.ts';
import { journalStore } from './journal/journal-store.ts';
import { messageStore } from './messages/message-store.ts';
import { noteStore } from './notes/note-store.ts';
import { counterStore } from './office/counter-store.ts';
import { officeStore } from './office/office-store.ts';
import { peopleStore } from './people/people-store.ts';
import { erasureStore } from './privacy/erasure-store.ts';
import { requestStore } from './requests/request-store.ts';
import type { Seal } from './seal.ts';

/** All stores over one connection. Their model calls take part in the transaction that is running. */
export const openStore = (connection: Connection, seal: Seal) => ({
  people: peopleStore(connection, seal),
  invitations: invitationStore(connection, seal),
  cases: caseStore(connection, seal),
  alerts: alertStore(connection, seal),
  appointments: appointmentStore(connection, seal),
  feedback: feedbackStore(connection, seal),
  returnAddresses: returnAddressStore(connection, seal),
  notes: noteStore(connection, seal),
  messages: messageStore(connection, seal),
  requests: requestStore(connection, seal),
  erasures: erasureStore(connection, seal),
  brokenGlass: glassStore(connection, seal),
  duty: dutyStore(connection, seal),
  absences: absenceStore(connection, seal),
  testRings: testRingStore(connection, seal),
  office: officeStore(connection, seal),
  counters: counterStore(connection),
  journal: journalStore(connection, seal),
  conversations: conversationStore(connection, seal),
  mailbox: mailboxStore(connection, seal),
  outbox: outboxStore(connection, seal),
  gates: gateStore(connection, seal),
  probes: probeStore(connection, seal),
  timers: timerStore(connection, seal),
  files: fileStore(connection, seal),
  fileParts: filePartStore(connection, seal),
  answers: answerStore(connection, seal),
});
export type Store = ReturnType<typeof openStore>;
