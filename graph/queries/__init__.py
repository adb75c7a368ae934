"""graph/queries"""
