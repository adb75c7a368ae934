"""graph/stores"""
