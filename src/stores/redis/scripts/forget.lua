-- Deletes what was said in a conversation and what is remembered of it. KEYS: conversation.
local conversation = conversation_at(1)
redis.call('DEL', conversation.feed, conversation.clients)
let_go(conversation, request.conversation)
return 1
