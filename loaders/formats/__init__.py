"""loaders/formats"""
