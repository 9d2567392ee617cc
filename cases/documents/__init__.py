"""Documents to outlets: what stands in them, their form (Nghị định 30/2020/NĐ-CP), and the file."""
