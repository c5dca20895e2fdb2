"""From uploads to Submissions: safe unpacking, collection, packing, receipts."""
